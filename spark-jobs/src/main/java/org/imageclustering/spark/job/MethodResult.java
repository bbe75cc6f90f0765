package org.imageclustering.spark.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a method gives back; the job writes it into the run directory. Lives on the driver.
 *
 * <p>Built up step by step: {@code MethodResult.of(assignments, features,
 * model).withEmbedding(embedding)}; each step returns a new object.
 */
public final class MethodResult {
  private final Dataset<Row> assignments;
  private final Dataset<Row> features;
  private final MLWritable model;
  private final Dataset<Row> embedding;
  private final Dataset<Row> candidates;
  private final Map<String, Dataset<Row>> tables;
  private final OptionalInt clusters;
  private final Dataset<Row> history;

  private MethodResult(
      Dataset<Row> assignments,
      Dataset<Row> features,
      MLWritable model,
      Dataset<Row> embedding,
      Dataset<Row> candidates,
      Map<String, Dataset<Row>> tables,
      OptionalInt clusters,
      Dataset<Row> history) {
    this.assignments = assignments;
    this.features = features;
    this.model = model;
    this.embedding = embedding;
    this.candidates = candidates;
    this.tables = tables;
    this.clusters = clusters;
    this.history = history;
  }

  /**
   * A result of the parts that every method has.
   *
   * @param assignments id long, prediction int, confidence double in [0, 1]: one row an image
   * @param features id long, features vector: the representation before the last step
   * @param model clusters other images; must be a {@code Transformer} with a static {@code read()}
   */
  public static MethodResult of(Dataset<Row> assignments, Dataset<Row> features, MLWritable model) {
    return new MethodResult(
        assignments, features, model, null, null, Map.of(), OptionalInt.empty(), null);
  }

  /** Adds the vectors after a spectral step: id long, embedding vector. */
  public MethodResult withEmbedding(Dataset<Row> rows) {
    return new MethodResult(
        assignments, features, model, rows, candidates, tables, clusters, history);
  }

  /** Adds the number of clusters, where the method found it itself. */
  public MethodResult withClusters(int found) {
    return new MethodResult(
        assignments,
        features,
        model,
        embedding,
        candidates,
        tables,
        OptionalInt.of(found),
        history);
  }

  /** Adds every partition that was not chosen: id long, candidate string, prediction int. */
  public MethodResult withCandidates(Dataset<Row> rows) {
    return new MethodResult(
        assignments, features, model, embedding, rows, tables, clusters, history);
  }

  /**
   * Adds a table for the report, notebooks and people: {@code eigenvalues}, {@code centres}, {@code
   * map}.
   *
   * @param name of the files {@code tables/NAME.csv} and {@code tables/NAME.json}
   * @param rows of numbers, strings and arrays of numbers; written in their order, and only the
   *     first ones when there are very many: sample before
   */
  public MethodResult withTable(String name, Dataset<Row> rows) {
    Map<String, Dataset<Row>> more = new LinkedHashMap<>(tables);
    more.put(name, rows);
    return new MethodResult(
        assignments,
        features,
        model,
        embedding,
        candidates,
        Collections.unmodifiableMap(more),
        clusters,
        history);
  }

  /**
   * Adds the clusters after each epoch: epoch int, id long, prediction int, and {@code features},
   * an array for a sample of the images after some epochs, else null.
   */
  public MethodResult withHistory(Dataset<Row> rows) {
    return new MethodResult(
        assignments, features, model, embedding, candidates, tables, clusters, rows);
  }

  /** Returns the clusters after each epoch, where the method learns in epochs. */
  public Optional<Dataset<Row>> history() {
    return Optional.ofNullable(history);
  }

  /** Returns id, prediction, confidence. */
  public Dataset<Row> assignments() {
    return assignments;
  }

  /** Returns id, features. */
  public Dataset<Row> features() {
    return features;
  }

  /** Returns the number of clusters where the method says it. */
  public OptionalInt clusters() {
    return clusters;
  }

  /** Returns the model. */
  public MLWritable model() {
    return model;
  }

  /** Returns id, embedding where the method has a spectral step. */
  public Optional<Dataset<Row>> embedding() {
    return Optional.ofNullable(embedding);
  }

  /** Returns id, candidate, prediction where there were several partitions. */
  public Optional<Dataset<Row>> candidates() {
    return Optional.ofNullable(candidates);
  }

  /** Returns the tables by name, in the order in which they were added. */
  public Map<String, Dataset<Row>> tables() {
    return tables;
  }
}
