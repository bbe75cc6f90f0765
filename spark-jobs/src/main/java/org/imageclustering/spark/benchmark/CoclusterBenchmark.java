package org.imageclustering.spark.benchmark;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.spark.cocluster.Coclustering;
import org.imageclustering.spark.cocluster.CoclusteringModel;

/**
 * Measures the co-clustering of images and pixels: seconds from a table of vectors to the cluster
 * of every image, Spark's jobs included.
 */
public final class CoclusterBenchmark {
  private static final int ROUNDS = 6;

  private CoclusterBenchmark() {}

  /**
   * Co-clusters by the variant {@code dhillon}, six times, and prints a line for each: the first
   * ones start from a cold virtual machine.
   *
   * @param vectors id long, features vector; persisted by the caller
   * @param clusters at least 2
   * @return each row's cluster of the last round, in the order of the ids, on the driver
   */
  public static List<Row> run(Dataset<Row> vectors, int clusters, PrintStream out) {
    List<Row> assigned = List.of();
    out.printf("rows %d clusters %d variant dhillon%n", vectors.count(), clusters);
    for (int round = 1; round <= ROUNDS; round++) {
      long start = System.nanoTime();
      CoclusteringModel model =
          new Coclustering().setK(clusters).setVariant("dhillon").fit(vectors);
      List<Row> rows = model.transform(vectors).select("id", "prediction").collectAsList();
      assigned = rows.stream().sorted(Comparator.comparingLong(row -> row.getLong(0))).toList();
      out.printf(
          Locale.ROOT,
          "round %d %8.1f s  singular values 1 to %d: %.4f to %.4f%n",
          round,
          (System.nanoTime() - start) / 1e9,
          model.singularValues().length,
          model.singularValues()[0],
          model.singularValues()[model.singularValues().length - 1]);
    }
    return assigned;
  }
}
