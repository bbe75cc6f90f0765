package org.imageclustering.spark.report;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.imageclustering.data.PixelImage;
import org.imageclustering.report.ClusterSection.Cluster;
import org.imageclustering.report.ClusterSection.Example;

/** The clusters with the images that they are surest and least sure of. */
final class ClusterExamples {
  private final Dataset<Row> assignments;
  private final ThumbPlan plan;

  /**
   * Examples of a run.
   *
   * @param assignments id, origin, prediction, confidence
   */
  ClusterExamples(Dataset<Row> assignments, ThumbPlan plan) {
    this.assignments = assignments;
    this.plan = plan;
  }

  /**
   * Returns the clusters by their ids. Chosen and scaled on the executors: at most {@code 2 K
   * perRow} thumbs and K means reach the driver.
   *
   * @param images of the data set; none for vectors
   * @param labels what to say of a cluster's labels, by its id
   */
  List<Cluster> clusters(Optional<Dataset<Row>> images, Map<Integer, String> labels) {
    Map<Integer, List<Row>> chosen = images.map(this::chosen).orElseGet(Map::of);
    Map<Integer, PixelImage> means =
        images.map(all -> MeanImages.of(all, assignments, plan)).orElseGet(Map::of);
    List<Row> sizes =
        assignments
            .groupBy("prediction")
            .agg(count(lit(1)), avg("confidence"))
            .orderBy("prediction")
            .collectAsList();
    double all = sizes.stream().mapToLong(row -> row.getLong(1)).sum();
    List<Cluster> clusters = new ArrayList<>();
    for (Row row : sizes) {
      int id = row.getInt(0);
      List<Row> examples = chosen.getOrDefault(id, List.of());
      clusters.add(
          new Cluster(
              Integer.toString(id),
              row.getLong(1),
              row.getLong(1) / all,
              labels.getOrDefault(id, ""),
              row.isNullAt(2) ? Double.NaN : row.getDouble(2),
              Optional.ofNullable(means.get(id)),
              examples(examples, "surest"),
              examples(examples, "doubtful")));
    }
    return clusters;
  }

  private Map<Integer, List<Row>> chosen(Dataset<Row> images) {
    Dataset<Row> ranked =
        assignments
            .withColumn("surest", rank(col("confidence").desc_nulls_last()))
            .withColumn("doubtful", rank(col("confidence").asc_nulls_first()))
            .where(col("surest").leq(plan.perRow()).or(col("doubtful").leq(plan.perRow())));
    List<Row> rows =
        images
            .select(col("id"), Thumbs.column(plan.size()).as("thumb"))
            .join(broadcast(ranked), "id")
            .collectAsList();
    Map<Integer, List<Row>> byCluster = new TreeMap<>();
    for (Row row : rows) {
      byCluster.computeIfAbsent(row.getAs("prediction"), cluster -> new ArrayList<>()).add(row);
    }
    return byCluster;
  }

  private static Column rank(Column order) {
    return row_number().over(Window.partitionBy("prediction").orderBy(order, col("id")));
  }

  private List<Example> examples(List<Row> rows, String rank) {
    return rows.stream()
        .filter(row -> row.<Integer>getAs(rank) <= plan.perRow())
        .sorted(Comparator.comparing(row -> row.<Integer>getAs(rank)))
        .map(this::example)
        .toList();
  }

  private Example example(Row row) {
    Double confidence = row.getAs("confidence");
    return new Example(
        Thumbs.image(row, "thumb", plan.size()),
        row.getAs("id").toString(),
        row.getAs("origin"),
        confidence == null ? Double.NaN : confidence);
  }
}
