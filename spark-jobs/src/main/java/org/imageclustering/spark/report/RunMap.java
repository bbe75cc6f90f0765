package org.imageclustering.spark.report;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.data.ImageSize;
import org.imageclustering.data.PixelImage;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.report.Figures;
import org.imageclustering.report.MapSection;
import org.imageclustering.report.MapSection.Point;
import org.imageclustering.report.NeighbourMap;
import org.imageclustering.spark.evaluate.RunFiles;
import org.imageclustering.spark.evaluate.VectorSample;

/** The map of a run: the method's own where it wrote one, else drawn from a sample of vectors. */
final class RunMap {
  private static final int THUMB_SIDE = 32;

  private final SparkSession spark;
  private final RunFiles run;
  private final ReportOptions options;

  RunMap(SparkSession spark, RunFiles run, ReportOptions options) {
    this.spark = spark;
    this.run = run;
    this.options = options;
  }

  /**
   * Returns the map, or nothing where the run keeps no vectors.
   *
   * @param images of the data set; none for vectors
   * @param size of one image; unused without images
   * @param all the number of images in the run
   */
  Optional<MapSection> section(Optional<Dataset<Row>> images, ImageSize size, long all) {
    if (options.mapImages() == 0) {
      return Optional.empty();
    }
    Optional<RunTable> table = RunTable.read(run, "map");
    return table.isPresent()
        ? Optional.of(ofTable(table.get(), images, size, all))
        : VectorSample.draw(run, options.mapImages()).map(s -> ofSample(s, images, size, all));
  }

  private MapSection ofTable(
      RunTable table, Optional<Dataset<Row>> images, ImageSize size, long all) {
    List<JsonNode> rows = table.rows().stream().limit(options.mapImages()).toList();
    List<Long> ids = rows.stream().map(row -> table.value(row, "id").asLong()).toList();
    Map<Long, PixelImage> thumbs = thumbs(ids, images, size);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = rows.get(i);
      points.add(
          new Point(
              ids.get(i).toString(),
              table.value(row, "x").asDouble(),
              table.value(row, "y").asDouble(),
              table.value(row, "prediction").asInt(),
              Optional.ofNullable(thumbs.get(ids.get(i)))));
    }
    return new MapSection(intro(points.size(), all) + " The method placed them.", points);
  }

  private MapSection ofSample(
      VectorSample sample, Optional<Dataset<Row>> images, ImageSize size, long all) {
    FloatMatrix plane = NeighbourMap.of(sample.points());
    List<Long> ids = java.util.Arrays.stream(sample.ids()).boxed().toList();
    Map<Long, PixelImage> thumbs = thumbs(ids, images, size);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      points.add(
          new Point(
              ids.get(i).toString(),
              plane.values()[2 * i],
              plane.values()[2 * i + 1],
              sample.predictions()[i],
              Optional.ofNullable(thumbs.get(ids.get(i)))));
    }
    String text =
        " Images that are near each other in the %s are near each other here (t-SNE);"
                .formatted(sample.space())
            + " distances between groups and the axes mean nothing.";
    return new MapSection(intro(points.size(), all) + text, points);
  }

  private static String intro(int shown, long all) {
    return "%s of %s images, coloured by cluster; point at one to see it."
        .formatted(Figures.count(shown), Figures.count(all));
  }

  /** At most as many thumbs of at most 32 x 32 pixels as the map has points reach the driver. */
  private Map<Long, PixelImage> thumbs(
      List<Long> ids, Optional<Dataset<Row>> images, ImageSize size) {
    if (images.isEmpty()) {
      return Map.of();
    }
    List<Row> rows = ids.stream().map(id -> RowFactory.create(id)).toList();
    Dataset<Row> wanted = spark.createDataFrame(rows, StructType.fromDDL("id long"));
    ImageSize small = ThumbPlan.fitted(size.height(), size.width(), THUMB_SIDE);
    return images
        .get()
        .select(col("id"), Thumbs.column(small).as("thumb"))
        .join(broadcast(wanted), "id")
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getLong(0), row -> Thumbs.image(row, "thumb", small)));
  }
}
