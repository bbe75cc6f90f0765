package org.imageclustering.spark.report;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.data.PixelImage;
import org.imageclustering.report.GallerySection;
import org.imageclustering.report.Section;
import org.imageclustering.spark.evaluate.RunFiles;

/**
 * An image of each cluster, drawn at random, with the images nearest to it in the features: those
 * of its own cluster, and those of others (AE + DAC, Fig. 4). One pass over the features; for each
 * of at most {@value #MOST} clusters {@code 2 x} {@value #NEAREST} images reach the driver.
 */
final class RunNeighbours {
  private static final int MOST = 20;
  private static final int NEAREST = 9;
  private static final int MOST_ENTRIES = 20_000;
  private static final long SEED = 1;

  private final SparkSession spark;
  private final RunFiles run;

  RunNeighbours(SparkSession spark, RunFiles run) {
    this.spark = spark;
    this.run = run;
  }

  /** An image that is near one of those that were drawn. */
  private static final class Near {
    private final long id;
    private final double distance;

    Near(long id, double distance) {
      this.id = id;
      this.distance = distance;
    }
  }

  /** Returns the section, or nothing where the run keeps no features or has no pictures. */
  Optional<Section> section(Optional<Dataset<Row>> images, ThumbPlan plan) {
    if (images.isEmpty() || !run.exists("features")) {
      return Optional.empty();
    }
    Dataset<Row> vectors = vectors();
    List<Row> drawn = drawn(vectors);
    if (drawn.isEmpty() || drawn.get(0).getList(2).size() > MOST_ENTRIES) {
      return Optional.empty();
    }
    List<List<Long>> shown = shown(vectors, drawn);
    Map<Long, PixelImage> thumbs = thumbs(images.get(), shown, plan);
    List<GallerySection.Row> rows = new ArrayList<>();
    for (int q = 0; q < drawn.size(); q++) {
      String cluster = "Cluster " + drawn.get(q).getInt(1);
      add(rows, cluster + ": an image, and the nearest of its cluster", shown.get(2 * q), thumbs);
      add(rows, cluster + ": the nearest of other clusters", shown.get(2 * q + 1), thumbs);
    }
    String intro =
        "An image of each cluster, drawn at random, and those nearest to it in the features. Which of them are wrong only labels could say.";
    return Optional.of(new GallerySection("neighbours", "Neighbours", intro, rows));
  }

  private Dataset<Row> vectors() {
    Dataset<Row> table = run.table("features");
    boolean isVector =
        table.schema().apply("features").dataType().equals(SQLDataTypes.VectorType());
    Column array =
        isVector ? functions.vector_to_array(col("features"), "float32") : col("features");
    return table
        .select(col("id"), array.cast("array<float>").as("vector"))
        .join(run.table("assignments").select("id", "prediction"), "id")
        .select("id", "prediction", "vector");
  }

  private static List<Row> drawn(Dataset<Row> vectors) {
    Column order = xxhash64(lit(SEED), col("id"));
    Column rank =
        org.apache
            .spark
            .sql
            .functions
            .row_number()
            .over(Window.partitionBy("prediction").orderBy(order, col("id")));
    Dataset<Row> chosen =
        vectors
            .select("id", "prediction")
            .withColumn("rank", rank)
            .filter("rank = 1")
            .orderBy("prediction")
            .limit(MOST)
            .select("id");
    return vectors.join(broadcast(chosen), "id").orderBy("prediction").collectAsList();
  }

  /** Returns for each image that was drawn two lists of ids: itself and its own, then others. */
  private static List<List<Long>> shown(Dataset<Row> vectors, List<Row> drawn) {
    float[][] queries = new float[drawn.size()][];
    int[] clusters = new int[drawn.size()];
    for (int q = 0; q < queries.length; q++) {
      queries[q] = floats(drawn.get(q));
      clusters[q] = drawn.get(q).getInt(1);
    }
    Map<Integer, PriorityQueue<Near>> nearest = new HashMap<>();
    for (Row row : nearest(vectors, queries, clusters).collect()) {
      push(nearest, row.getInt(0), row.getLong(1), row.getDouble(2));
    }
    List<List<Long>> shown = new ArrayList<>();
    for (int q = 0; q < 2 * queries.length; q++) {
      List<Near> sorted = new ArrayList<>(nearest.getOrDefault(q, farthestFirst()));
      sorted.sort(farthestOrder().reversed());
      shown.add(sorted.stream().map(near -> near.id).toList());
    }
    return shown;
  }

  /** Each partition's nearest: list, id, squared distance. */
  private static org.apache.spark.api.java.JavaRDD<Row> nearest(
      Dataset<Row> vectors, float[][] queries, int[] clusters) {
    return vectors
        .javaRDD()
        .mapPartitions(
            rows -> {
              Map<Integer, PriorityQueue<Near>> found = new HashMap<>();
              while (rows.hasNext()) {
                Row row = rows.next();
                float[] vector = floats(row);
                for (int q = 0; q < queries.length; q++) {
                  int list = 2 * q + (row.getInt(1) == clusters[q] ? 0 : 1);
                  push(found, list, row.getLong(0), squaredDistance(vector, queries[q]));
                }
              }
              List<Row> all = new ArrayList<>();
              found.forEach(
                  (list, queue) ->
                      queue.forEach(
                          near -> all.add(RowFactory.create(list, near.id, near.distance))));
              return all.iterator();
            });
  }

  private static void push(
      Map<Integer, PriorityQueue<Near>> nearest, int list, long id, double distance) {
    PriorityQueue<Near> queue = nearest.computeIfAbsent(list, l -> farthestFirst());
    queue.add(new Near(id, distance));
    // The image itself stands before those of its own cluster.
    if (queue.size() > NEAREST + 1 - list % 2) {
      queue.remove();
    }
  }

  private static PriorityQueue<Near> farthestFirst() {
    return new PriorityQueue<>(farthestOrder());
  }

  private static Comparator<Near> farthestOrder() {
    return Comparator.<Near>comparingDouble(near -> near.distance)
        .thenComparingLong(near -> near.id)
        .reversed();
  }

  private static float[] floats(Row row) {
    List<Float> list = row.getList(2);
    float[] vector = new float[list.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = list.get(i);
    }
    return vector;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return sum;
  }

  private Map<Long, PixelImage> thumbs(
      Dataset<Row> images, List<List<Long>> shown, ThumbPlan plan) {
    List<Row> ids =
        shown.stream().flatMap(List::stream).distinct().map(id -> RowFactory.create(id)).toList();
    Dataset<Row> wanted = spark.createDataFrame(ids, StructType.fromDDL("id long"));
    Map<Long, PixelImage> thumbs = new HashMap<>();
    for (Row row :
        images
            .select(col("id"), Thumbs.column(plan.size()).as("thumb"))
            .join(broadcast(wanted), "id")
            .collectAsList()) {
      thumbs.put(row.getLong(0), Thumbs.image(row, "thumb", plan.size()));
    }
    return thumbs;
  }

  private static void add(
      List<GallerySection.Row> rows, String heading, List<Long> ids, Map<Long, PixelImage> thumbs) {
    List<Long> known = ids.stream().filter(thumbs::containsKey).toList();
    if (!known.isEmpty()) {
      rows.add(
          new GallerySection.Row(
              heading,
              known.stream().map(id -> "Image " + id).toList(),
              known.stream().map(thumbs::get).toList()));
    }
  }
}
