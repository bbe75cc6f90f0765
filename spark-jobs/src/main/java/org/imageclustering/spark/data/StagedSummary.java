package org.imageclustering.spark.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.data.ImageSize;

/** Counts and extremes of the staged rows, from one pass over their small columns. */
final class StagedSummary {
  private static final String[] SIDES = {"height", "width", "channels"};
  private static final String LENGTH = "length";

  private final Row row;
  private final Optional<ImageSize> fitted;

  private StagedSummary(Row row, Optional<ImageSize> fitted) {
    this.row = row;
    this.fitted = fitted;
  }

  static StagedSummary of(Dataset<Row> staged) {
    Column length = when(col(Staged.VECTOR).isNotNull(), size(col(Staged.VECTOR)));
    List<Column> columns = new ArrayList<>();
    for (String side : SIDES) {
      columns.add(min(side).as("min_" + side));
      columns.add(max(side).as("max_" + side));
    }
    columns.add(min(length).as("min_" + LENGTH));
    columns.add(max(length).as("max_" + LENGTH));
    columns.add(count(col(Staged.REASON)).as("rejected"));
    columns.add(count(col(Staged.LABEL)).as("labels"));
    Row row = staged.agg(count(lit(1)).as("rows"), columns.toArray(Column[]::new)).first();
    return new StagedSummary(row, Optional.empty());
  }

  /** Returns the summary once images of different sizes have been brought to this one. */
  StagedSummary fittedTo(ImageSize size) {
    return kind() == DatasetKind.IMAGES && sizesDiffer()
        ? new StagedSummary(row, Optional.of(size))
        : this;
  }

  /** Returns the summary of fewer rows, of the same size to be brought to. */
  StagedSummary countedAnew(Dataset<Row> kept) {
    return new StagedSummary(of(kept).row, fitted);
  }

  /** Returns the size that images of different sizes are brought to, if they are. */
  Optional<ImageSize> fitted() {
    return fitted;
  }

  long rows() {
    return row.<Long>getAs("rows");
  }

  long rejected() {
    return row.<Long>getAs("rejected");
  }

  long accepted() {
    return rows() - rejected();
  }

  long labels() {
    return row.<Long>getAs("labels");
  }

  DatasetKind kind() {
    return row.getAs("max_" + LENGTH) == null ? DatasetKind.IMAGES : DatasetKind.VECTORS;
  }

  DatasetShape shape() {
    return new DatasetShape(kind(), height(), width(), channels());
  }

  boolean sizesDiffer() {
    return fitted.isEmpty() && (differ("height") || differ("width") || differ(LENGTH));
  }

  boolean channelsDiffer() {
    return differ("channels");
  }

  private boolean differ(String side) {
    Integer least = row.getAs("min_" + side);
    return least != null && !least.equals(row.getAs("max_" + side));
  }

  int height() {
    int height = kind() == DatasetKind.VECTORS ? 1 : row.<Integer>getAs("max_height");
    return fitted.map(ImageSize::height).orElse(height);
  }

  int width() {
    int width = row.<Integer>getAs(kind() == DatasetKind.VECTORS ? "max_" + LENGTH : "max_width");
    return fitted.map(ImageSize::width).orElse(width);
  }

  int channels() {
    return kind() == DatasetKind.VECTORS ? 1 : row.<Integer>getAs("max_channels");
  }
}
