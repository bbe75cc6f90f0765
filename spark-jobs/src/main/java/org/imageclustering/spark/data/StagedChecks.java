package org.imageclustering.spark.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.UserException;

/** What must hold for the staged rows as a whole; each message names rows that break it. */
final class StagedChecks {
  private final Dataset<Row> staged;
  private final Dataset<Row> accepted;
  private final StagedSummary summary;
  private final InputOptions options;

  StagedChecks(Dataset<Row> staged, StagedSummary summary, InputOptions options) {
    this.staged = staged;
    this.accepted = staged.filter(col(Staged.REASON).isNull());
    this.summary = summary;
    this.options = options;
  }

  /**
   * Checks everything.
   *
   * @throws UserException for the first thing that does not hold
   */
  void check(Source source) {
    checkRejected();
    if (!source.idsAreUnique()) {
      checkIds();
    }
    if (summary.sizesDiffer()) {
      throw differentSizes();
    }
    if (options.labels().isPresent() && summary.labels() < summary.accepted()) {
      throw withoutLabel(source);
    }
  }

  private void checkRejected() {
    if (summary.rows() == 0) {
      throw new UserException(
          "Cannot read the input %s: found no rows, expected at least one"
              .formatted(options.input()));
    }
    if (summary.rejected() == 0) {
      return;
    }
    double share = summary.rejected() / (double) summary.rows();
    if (summary.accepted() == 0 || share > options.maxRejected()) {
      throw new UserException(
          "Cannot prepare %s: found %d of %d rejected (%s), expected %s"
              .formatted(
                  options.input(),
                  summary.rejected(),
                  summary.rows(),
                  firstRejected(),
                  summary.accepted() == 0
                      ? "at least one that can be read"
                      : "a share of at most %s (--max-rejected)".formatted(options.maxRejected())));
    }
  }

  private String firstRejected() {
    Row first =
        staged
            .filter(col(Staged.REASON).isNotNull())
            .select(Staged.ORIGIN, Staged.REASON)
            .orderBy(Staged.ORIGIN)
            .first();
    return "the first is %s: %s".formatted(first.getString(0), first.getString(1));
  }

  private void checkIds() {
    List<Row> twice =
        staged
            .groupBy(Staged.ID)
            .agg(count(lit(1)).as("rows"), min(Staged.ORIGIN), max(Staged.ORIGIN))
            .filter(col("rows").gt(1))
            .orderBy(Staged.ID)
            .takeAsList(1);
    if (!twice.isEmpty()) {
      Row row = twice.get(0);
      throw new UserException(
          "Cannot prepare %s: found the id %d in %d rows (%s, %s), expected unique ids"
              .formatted(
                  options.input(),
                  row.getLong(0),
                  row.getLong(1),
                  row.getString(2),
                  row.getString(3)));
    }
  }

  private UserException differentSizes() {
    if (summary.kind() == DatasetKind.VECTORS) {
      List<Row> two =
          accepted
              .groupBy(size(col(Staged.VECTOR)).as("length"))
              .agg(min(Staged.ORIGIN))
              .orderBy("length")
              .takeAsList(2);
      return new UserException(
          "Cannot prepare vectors of different lengths: found %d entries in %s and %d in %s"
                  .formatted(
                      two.get(0).getInt(0),
                      two.get(0).getString(1),
                      two.get(1).getInt(0),
                      two.get(1).getString(1))
              + ", expected one length");
    }
    List<Row> two =
        accepted
            .groupBy("height", "width")
            .agg(min(Staged.ORIGIN))
            .orderBy("height", "width")
            .takeAsList(2);
    return new UserException(
        "Cannot prepare images of different sizes: found %s and %s, expected one size"
                .formatted(sized(two.get(0)), sized(two.get(1)))
            + " (--size HxW letterboxes all images to it)");
  }

  private static String sized(Row row) {
    return "%dx%d in %s".formatted(row.getInt(0), row.getInt(1), row.getString(2));
  }

  private UserException withoutLabel(Source source) {
    Row first =
        accepted
            .filter(col(Staged.LABEL).isNull())
            .select(Staged.ORIGIN)
            .orderBy(Staged.ORIGIN)
            .first();
    return new UserException(
        "Cannot label %s: found no label, expected %s"
            .formatted(first.getString(0), source.labelSource()));
  }
}
