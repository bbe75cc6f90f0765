package org.imageclustering.spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.spectral.SpectralEmbeddingModel;

/** What the last step of any method adds to a run. */
final class LastStepResult {
  private LastStepResult() {}

  /**
   * Adds the embedding, the partitions that were not chosen and all partitions' criteria, where the
   * last step is spectral.
   *
   * @param clustered the output of the last step's transform
   */
  static MethodResult add(MethodResult result, Transformer lastStep, Dataset<Row> clustered) {
    if (lastStep instanceof SpectralEmbeddingModel spectral) {
      SparkSession spark = clustered.sparkSession();
      MethodResult complete =
          result
              .withClusters(spectral.clusters())
              .withEmbedding(clustered.select("id", "embedding"))
              .withCandidates(spectral.candidates(spark))
              .withTable("candidates", spectral.candidateScores(spark))
              .withTable("eigenvalues", eigenvalues(spectral, spark));
      return spectral
          .clusterCounts(spark)
          .map(table -> complete.withTable("cluster-counts", table))
          .orElse(complete);
    }
    return result;
  }

  /**
   * Adds what a last step adds that was fitted beside a network's own clusters, and these as a
   * candidate; nothing where there is none.
   *
   * @param own id and the network's own prediction
   * @param lastStep null where the network's own clusters are the result
   * @param clustered the output of the last step's transform
   */
  static MethodResult addBeside(
      MethodResult result, Dataset<Row> own, Transformer lastStep, Dataset<Row> clustered) {
    if (lastStep == null) {
      return result;
    }
    MethodResult more = add(result, lastStep, clustered);
    Dataset<Row> labels = candidate(own, "own");
    return more.withCandidates(
        more.candidates().map(rows -> rows.unionByName(labels)).orElse(labels));
  }

  /** Returns a partition as a candidate: id, candidate (this name), prediction. */
  static Dataset<Row> candidate(Dataset<Row> clustered, String name) {
    return clustered.select(col("id"), lit(name).as("candidate"), col("prediction"));
  }

  /**
   * Returns the eigenvalues of L_sym of the graph of images: layer, procedure, index, value,
   * residual.
   */
  static Dataset<Row> eigenvalues(SpectralEmbeddingModel model, SparkSession spark) {
    return model
        .eigenvalues(spark)
        .select(
            lit("last step").as("layer"),
            lit("images").as("procedure"),
            col("index").cast("int").as("index"),
            lit(1).minus(col("value")).as("value"),
            col("residual"));
  }
}
