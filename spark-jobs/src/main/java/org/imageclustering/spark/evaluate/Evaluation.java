package org.imageclustering.spark.evaluate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.criterion.Silhouette;
import org.imageclustering.evaluate.ContingencyTable;
import org.imageclustering.evaluate.ContingencyTable.Cell;
import org.imageclustering.evaluate.Scores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores a run and writes {@code RUN/metrics.json}: sizes and the silhouette always, agreement with
 * labels where there are any, for the chosen partition and for every candidate.
 *
 * <p>Images are counted on the executors; what reaches the driver is K x C counts a partition, and
 * for the silhouette a sample that {@link VectorSample} bounds.
 */
public final class Evaluation {
  private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);
  private static final String NO_LABEL = "";
  private static final int SILHOUETTE_IMAGES = 2_000;

  private final RunFiles run;

  private Evaluation(RunFiles run) {
    this.run = run;
  }

  /**
   * Scores a run, writes its metrics and returns them.
   *
   * @param run a run directory with {@code assignments}, and perhaps {@code candidates}, {@code
   *     embedding}, {@code features}
   * @param labels id long, label of any simple type; an id must not come twice. Images without a
   *     label are counted and left out of the scores that need one
   * @return what was written: {@code schemaVersion, method, images, clusters, silhouette, sizes,
   *     candidates}, and with labels {@code labelled, unlabelled, classes, acc, nmi, nmiMax,
   *     nmiSqrt, ari, fscore, purity, confusion}, and {@code history}, the scores by epoch of a run
   *     that learned in epochs
   * @throws UserException if the run cannot be read, an id has two labels, or no image has one
   */
  public static ObjectNode write(SparkSession spark, String run, Optional<Dataset<Row>> labels) {
    String description = spark.sparkContext().getLocalProperty("spark.job.description");
    spark.sparkContext().setJobDescription("evaluate");
    try {
      RunFiles files = RunFiles.open(spark, run);
      ObjectNode metrics = new Evaluation(files).metrics(labels);
      files.replace("metrics.json", metrics);
      return metrics;
    } finally {
      spark.sparkContext().setJobDescription(description);
    }
  }

  private ObjectNode metrics(Optional<Dataset<Row>> labels) {
    Dataset<Row> assignments = run.table("assignments").select("id", "prediction");
    labels.ifPresent(Evaluation::requireOneLabelEach);
    List<Cell> cells = partitions(assignments.withColumn("candidate", lit("")), labels).get("");
    if (cells == null) {
      throw new UserException(
          "Cannot score the run '%s': found no assignments, expected at least one"
              .formatted(run.uri()));
    }
    labels.ifPresent(table -> requireSomeLabel(cells, table));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schemaVersion", Metrics.SCHEMA_VERSION);
    json.put("method", method());
    Metrics.put(json, cells, labelled(cells), labels.isPresent());
    if (labels.isPresent()) {
      Metrics.putConfusion(json, ContingencyTable.ofCells(labelled(cells)));
    }
    putSilhouette(json);
    putCandidates(json.putObject("candidates"), labels);
    if (labels.isPresent() && run.exists("history")) {
      putHistory(json.putArray("history"), labels);
    }
    return json;
  }

  private String method() {
    return run.json("run.json").map(json -> json.path("method").asText()).orElse("");
  }

  private void putSilhouette(ObjectNode json) {
    Optional<VectorSample> sample = VectorSample.draw(run, SILHOUETTE_IMAGES);
    Metrics.putNumber(json, "silhouette", sample.map(Evaluation::silhouette).orElse(Double.NaN));
    sample.ifPresent(
        drawn -> {
          json.put("silhouetteImages", drawn.ids().length);
          json.put("silhouetteSpace", drawn.space());
        });
  }

  /** Numbers the clusters that the sample shows from 0. */
  private static double silhouette(VectorSample sample) {
    int[] clusters = Arrays.stream(sample.predictions()).distinct().sorted().toArray();
    int[] numbers =
        Arrays.stream(sample.predictions()).map(id -> Arrays.binarySearch(clusters, id)).toArray();
    return Silhouette.of(sample.points(), SILHOUETTE_IMAGES, 1).of(numbers, clusters.length);
  }

  private void putCandidates(ObjectNode json, Optional<Dataset<Row>> labels) {
    if (!run.exists("candidates")) {
      return;
    }
    Dataset<Row> candidates = run.table("candidates").select("id", "prediction", "candidate");
    partitions(candidates, labels)
        .forEach(
            (name, cells) ->
                Metrics.put(json.putObject(name), cells, labelled(cells), labels.isPresent()));
  }

  /** Adds the scores after each epoch, which the training itself never saw. */
  private void putHistory(ArrayNode json, Optional<Dataset<Row>> labels) {
    Dataset<Row> epochs =
        run.table("history")
            .select(col("id"), col("prediction"), col("epoch").cast("string").as("candidate"));
    Map<Integer, List<Cell>> byEpoch = new TreeMap<>();
    partitions(epochs, labels)
        .forEach((epoch, cells) -> byEpoch.put(Integer.parseInt(epoch), cells));
    byEpoch.forEach(
        (epoch, cells) ->
            Metrics.putScores(
                json.addObject().put("epoch", epoch),
                Scores.of(ContingencyTable.ofCells(labelled(cells)))));
  }

  /**
   * Counts (partition, cluster, label) on the executors; unlabelled images have the empty label.
   *
   * @param predictions id, prediction, candidate: the partition's name
   */
  private Map<String, List<Cell>> partitions(
      Dataset<Row> predictions, Optional<Dataset<Row>> labels) {
    Dataset<Row> labelled =
        labels.isPresent()
            ? predictions.join(labels.get().select("id", "label"), new String[] {"id"}, "left")
            : predictions.withColumn("label", lit(NO_LABEL));
    List<Row> counts =
        labelled
            .groupBy(
                col("candidate"),
                col("prediction"),
                coalesce(col("label").cast("string"), lit(NO_LABEL)).as("label"))
            .count()
            .limit(ContingencyTable.MAXIMUM_CELLS + 1)
            .collectAsList();
    ContingencyTable.requireCategories(counts.size());
    Map<String, List<Cell>> cells = new TreeMap<>();
    for (Row row : counts) {
      cells
          .computeIfAbsent(row.getString(0), name -> new ArrayList<>())
          .add(new Cell(row.getInt(1), row.getString(2), row.getLong(3)));
    }
    return cells;
  }

  private static List<Cell> labelled(List<Cell> cells) {
    return cells.stream().filter(cell -> !cell.label().equals(NO_LABEL)).toList();
  }

  private static void requireOneLabelEach(Dataset<Row> labels) {
    List<Row> twice = labels.groupBy("id").count().filter("count > 1").limit(1).collectAsList();
    if (!twice.isEmpty()) {
      throw new UserException(
          "Cannot score against the labels: found %d labels for the id %d, expected one for each image"
              .formatted(twice.get(0).getLong(1), twice.get(0).getLong(0)));
    }
  }

  private void requireSomeLabel(List<Cell> cells, Dataset<Row> labels) {
    if (labelled(cells).isEmpty()) {
      throw new UserException(
          "Cannot score the run '%s': found none of its %d images among the %d labels, expected the labels of the same data set"
              .formatted(run.uri(), Metrics.images(cells), labels.count()));
    }
    long unlabelled = Metrics.images(cells) - Metrics.images(labelled(cells));
    if (unlabelled > 0) {
      LOG.warn("{} of {} images bear no label and do not count", unlabelled, Metrics.images(cells));
    }
  }
}
