package org.imageclustering.spark.refine;

import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.imageclustering.Options;
import org.imageclustering.refine.Agreement;
import org.imageclustering.refine.Growth;
import org.imageclustering.refine.Joining;
import org.imageclustering.refine.SvmOptions;
import org.imageclustering.refine.SvmOptions.Engine;
import org.imageclustering.spark.settings.ClusterColumns;

/**
 * The parameters of {@link SvmRefiner}, and the validated record that they make. Public because
 * MLlib finds parameters by reflection.
 */
public interface SvmParams extends ClusterColumns {
  /** The default column of the initial cluster. */
  String ASSIGNMENT = "assignment";

  /** The default column of the initial cluster's confidence. */
  String ASSIGNMENT_CONFIDENCE = "assignmentConfidence";

  /** Returns the parameters' objects but for the columns that are shared with the model. */
  Settings settings();

  /** The parameter for the column of the id. */
  default Param<String> idCol() {
    return settings().idCol;
  }

  /** The parameter for the column of the initial cluster. */
  default Param<String> assignmentCol() {
    return settings().assignmentCol;
  }

  /** The parameter for the column of the initial cluster's confidence. */
  default Param<String> assignmentConfidenceCol() {
    return settings().assignmentConfidenceCol;
  }

  /** The parameter for the final number of clusters. */
  default IntParam clusters() {
    return settings().clusters;
  }

  /** The parameter for the seed. */
  default LongParam seed() {
    return settings().seed;
  }

  /** The parameter for the engine. */
  default Param<String> engine() {
    return settings().engine;
  }

  /** The parameter for the C. */
  default DoubleParam cost() {
    return settings().cost;
  }

  /** The parameter for the principal components. */
  default IntParam components() {
    return settings().components;
  }

  /** The parameter for the most rows that are trained on. */
  default IntParam sample() {
    return settings().sample;
  }

  /** The parameter for the m. */
  default IntParam subsets() {
    return settings().subsets;
  }

  /** The parameter for the n_min. */
  default IntParam least() {
    return settings().least;
  }

  /** The parameter for the inc. */
  default IntParam step() {
    return settings().step;
  }

  /** The parameter for the n_max. */
  default IntParam most() {
    return settings().most;
  }

  /** The parameter for what tells which classifiers are joined. */
  default Param<String> joining() {
    return settings().joining;
  }

  /** The parameter for the rule of agreement. */
  default Param<String> agreement() {
    return settings().agreement;
  }

  /** The parameter for the most refits of the clusters' classifiers. */
  default IntParam refits() {
    return settings().refits;
  }

  /** The parameter for the agreement from which two are merged. */
  default DoubleParam threshold() {
    return settings().threshold;
  }

  /**
   * Returns the options as the validated record.
   *
   * @throws org.imageclustering.UserException naming the option that is out of its range
   */
  default SvmOptions options() {
    return new SvmOptions(
        (Integer) getOrDefault(clusters()),
        (Long) getOrDefault(seed()),
        Options.named(Engine.class, "engine", getOrDefault(engine())),
        (Double) getOrDefault(cost()),
        (Integer) getOrDefault(components()),
        (Integer) getOrDefault(sample()),
        new Growth(
            (Integer) getOrDefault(subsets()),
            (Integer) getOrDefault(least()),
            (Integer) getOrDefault(step()),
            (Integer) getOrDefault(most())),
        Options.named(Joining.class, "joining", getOrDefault(joining())),
        Options.named(Agreement.class, "agreement", getOrDefault(agreement())),
        (Integer) getOrDefault(refits()),
        (Double) getOrDefault(threshold()));
  }

  /** The parameters' objects: made once their owner has its identifier, which they copy. */
  final class Settings implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> idCol;
    private final Param<String> assignmentCol;
    private final Param<String> assignmentConfidenceCol;
    private final IntParam clusters;
    private final LongParam seed;
    private final Param<String> engine;
    private final DoubleParam cost;
    private final IntParam components;
    private final IntParam sample;
    private final IntParam subsets;
    private final IntParam least;
    private final IntParam step;
    private final IntParam most;
    private final Param<String> joining;
    private final Param<String> agreement;
    private final IntParam refits;
    private final DoubleParam threshold;

    /** The parameters of an estimator, which has the defaults of the columns afterwards. */
    Settings(SvmParams of) {
      idCol = new Param<>(of, "idCol", "column of the unique id, an integer");
      assignmentCol = new Param<>(of, "assignmentCol", "column of the initial cluster");
      assignmentConfidenceCol =
          new Param<>(of, "assignmentConfidenceCol", "column of its confidence");
      clusters = new IntParam(of, "clusters", "final number; 0: what merging leaves");
      seed = new LongParam(of, "seed", "seed of every draw");
      engine = new Param<>(of, "engine", "liblinear or mllib");
      cost = new DoubleParam(of, "cost", "C of the loss");
      components = new IntParam(of, "components", "principal components");
      sample = new IntParam(of, "sample", "the most rows that are trained on");
      subsets = new IntParam(of, "subsets", "m");
      least = new IntParam(of, "least", "n_min; 0: by the size of the data");
      step = new IntParam(of, "step", "inc; 0: by the size of the data");
      most = new IntParam(of, "most", "n_max; 0: by the size of the data");
      joining = new Param<>(of, "joining", "neighbours or agreement");
      agreement = new Param<>(of, "agreement", "overlap, jaccard or literal");
      refits = new IntParam(of, "refits", "most refits of the clusters' classifiers");
      threshold = new DoubleParam(of, "threshold", "agreement from which two are merged");
      of.setDefault(idCol, "id");
      of.setDefault(assignmentCol, ASSIGNMENT);
      of.setDefault(assignmentConfidenceCol, ASSIGNMENT_CONFIDENCE);
    }
  }
}
