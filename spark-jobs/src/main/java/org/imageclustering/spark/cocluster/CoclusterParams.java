package org.imageclustering.spark.cocluster;

import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.imageclustering.Options;
import org.imageclustering.coclustering.CoclusteringOptions;
import org.imageclustering.coclustering.CoclusteringOptions.Variant;
import org.imageclustering.spark.settings.ClusterColumns;

/**
 * The parameters of {@link Coclustering}, and the validated record that they make. Public because
 * MLlib finds parameters by reflection.
 */
public interface CoclusterParams extends ClusterColumns {
  /** Returns the parameters' objects but for the columns that are shared with the model. */
  Settings settings();

  /** The parameter for the column of the id. */
  default Param<String> idCol() {
    return settings().idCol;
  }

  /** The parameter for the number of clusters. */
  default IntParam k() {
    return settings().k;
  }

  /** The parameter for the seed. */
  default LongParam seed() {
    return settings().seed;
  }

  /** The parameter for the variant. */
  default Param<String> variant() {
    return settings().variant;
  }

  /** The parameter for the starts of k-means. */
  default IntParam restarts() {
    return settings().restarts;
  }

  /** The parameter for the most rows that k-means sees. */
  default IntParam sample() {
    return settings().sample;
  }

  /**
   * Returns the options as the validated record.
   *
   * @throws org.imageclustering.UserException naming the option that is out of its range
   */
  default CoclusteringOptions options() {
    return new CoclusteringOptions(
        (Integer) getOrDefault(k()),
        (Long) getOrDefault(seed()),
        Options.named(Variant.class, "variant", getOrDefault(variant())),
        (Integer) getOrDefault(restarts()),
        (Integer) getOrDefault(sample()));
  }

  /** The parameters' objects: made once their owner has its identifier, which they copy. */
  final class Settings implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> idCol;
    private final IntParam k;
    private final LongParam seed;
    private final Param<String> variant;
    private final IntParam restarts;
    private final IntParam sample;

    /** The parameters of an estimator, which has the default of the id column afterwards. */
    Settings(CoclusterParams of) {
      idCol = new Param<>(of, "idCol", "column of the unique id, an integer");
      k = new IntParam(of, "k", "number of clusters, at least 2");
      seed = new LongParam(of, "seed", "seed of every draw");
      variant = new Param<>(of, "variant", "paper or dhillon");
      restarts = new IntParam(of, "restarts", "starts of k-means");
      sample = new IntParam(of, "sample", "the most rows that k-means sees");
      of.setDefault(idCol, "id");
    }
  }
}
