package org.imageclustering.spark.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.job.SweepAxis.Variant;
import org.imageclustering.spark.session.Storage;

/**
 * {@code ablate}: what the parts of SA-Net are worth on a data set, as the paper asks in Table 3
 * (layers on and off, under three settings of the procedures) and Fig. 8 (the number of procedures
 * of either layer). Three sweeps below one directory; every run ends in k-means on what its last
 * layer gives, as in the paper, unless {@code --final} says otherwise, and the second layer gives
 * the paper's 16 eigenvectors a procedure.
 */
public final class AblationJob {
  /** Table 3's rows of a setting, the fullest last. */
  private static final List<Variant> LAYERS =
      List.of(
          network("spectral", "first, second"),
          network("spectral, pooling", "first, second, pool"),
          network("spectral, pooling, binarization", "first, second, pool, binarize"),
          network(
              "spectral, pooling, binarization, coding", "first, second, pool, binarize, code"));

  private static final String FIRST = "sa-net.layer.first.procedures";
  private static final String SECOND = "sa-net.layer.second.procedures";

  private final SparkSession spark;
  private final ClusterRequest common;
  private final boolean withDense;

  /**
   * An ablation.
   *
   * @param common what every run has in common; its output is the directory of the ablation
   * @param withDense whether the fully connected affinities of the paper take part, by Nystrom
   */
  public AblationJob(SparkSession spark, ClusterRequest common, boolean withDense) {
    this.spark = spark;
    this.common = common;
    this.withDense = withDense;
  }

  /**
   * Runs all.
   *
   * @return the lines to print
   * @throws org.imageclustering.UserException after a sweep in which runs failed
   */
  public List<String> run() {
    List<String> lines = new ArrayList<>();
    sweeps().forEach((name, axes) -> lines.addAll(sweep(name, axes)));
    return lines;
  }

  /** Returns what is varied, by the name of the sweep. */
  Map<String, List<SweepAxis>> sweeps() {
    Map<String, List<SweepAxis>> sweeps = new LinkedHashMap<>();
    sweeps.put("layers", List.of(settings(), new SweepAxis("layers", LAYERS)));
    sweeps.put("first-layer", List.of(numbers("first", FIRST, SECOND, first(), second())));
    sweeps.put("second-layer", List.of(numbers("second", SECOND, FIRST, second(), first())));
    return sweeps;
  }

  private List<String> sweep(String name, List<SweepAxis> axes) {
    ClusterRequest request =
        new ClusterRequest(
            common.method(),
            common.input(),
            new Path(Storage.path("--output", common.output()), name).toString(),
            common.preset(),
            common.flags(),
            assignments(),
            common.existing(),
            common.keepStages());
    return new SweepJob(spark, request, axes).run();
  }

  /** Returns what all runs set. */
  List<String> assignments() {
    List<String> assignments = new ArrayList<>();
    if (common.flags().get("final") == null) {
      assignments.add("final=k-means");
    }
    assignments.add("sa-net.layer.second.eigenvectors=16");
    if (withDense) {
      assignments.add("sa-net.procedure.tuned={affinity=self-tuning}");
      assignments.add("sa-net.procedure.wide={affinity=gaussian,sigma=1}");
      assignments.add("sa-net.procedure.narrow={affinity=gaussian,sigma=0.5}");
    }
    assignments.addAll(common.assignments());
    return assignments;
  }

  /** Table 3's settings; its sigmas .1, .05 and .01 as wide, wide and narrow (decision 024). */
  private SweepAxis settings() {
    return new SweepAxis(
        "setting",
        List.of(
            setting("k=5,17", "knn5, knn17", "wide, narrow", "wide"),
            setting("k=9,21", "knn9, knn21", "wide, narrow", "narrow"),
            setting("k=5,21", "knn5, knn21", "wide, narrow", "narrow")));
  }

  private Variant setting(String name, String sparse, String denseFirst, String denseSecond) {
    return new Variant(
        name,
        List.of(
            assignment(FIRST, withDense ? sparse + ", " + denseFirst : sparse),
            assignment(SECOND, withDense ? sparse + ", " + denseSecond : sparse)));
  }

  /** Fig. 8: the first 1, 2, ... procedures of one layer with all of the other's. */
  private static SweepAxis numbers(
      String layer, String key, String otherKey, List<String> own, List<String> other) {
    List<Variant> variants = new ArrayList<>();
    for (int count = 1; count <= own.size(); count++) {
      variants.add(
          new Variant(
              Integer.toString(count),
              List.of(
                  assignment(key, String.join(", ", own.subList(0, count))),
                  assignment(otherKey, String.join(", ", other)))));
    }
    return new SweepAxis("procedures-" + layer, variants);
  }

  private List<String> first() {
    return withDense
        ? List.of("knn9", "knn17", "epsilon05", "epsilon1", "epsilon2", "tuned", "wide", "narrow")
        : List.of("knn9", "knn17", "knn5", "knn21", "epsilon1");
  }

  private List<String> second() {
    return withDense
        ? List.of("knn9", "knn17", "tuned", "wide")
        : List.of("knn9", "knn17", "knn5", "knn21");
  }

  private static Variant network(String name, String layers) {
    return new Variant(name, List.of(assignment("sa-net.network", layers)));
  }

  private static String assignment(String key, String names) {
    return key
        + "="
        + List.of(names.split(", ")).stream().collect(Collectors.joining(", ", "[", "]"));
  }
}
