package org.imageclustering.spark.training;

import com.typesafe.config.Config;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.partition.SpectralEmbeddingOptions;

/**
 * How an autoencoder and its clusters are learned together (AEC, Algorithm 1).
 *
 * @param section the method's section of the configuration, for messages
 * @param clusters K, at least 2
 * @param warmUpEpochs epochs on the reconstruction alone
 * @param epochs joint epochs, T
 * @param lambda weight of the squared distance to the centre in the first joint epoch
 * @param lambdaEnd the same after the ramp
 * @param rampEpochs joint epochs over which lambda grows from one to the other, geometrically
 * @param firstEpochs joint epochs in which every image keeps its first cluster
 * @param whiten whether the codes are made white after the warm-up
 * @param first where the first clusters come from
 * @param emptyClusters what happens when a cluster has no image
 * @param tolerance the training ends when a smaller share of the images changes its cluster
 * @param sample the most codes that the first k-means sees
 * @param restarts of the first k-means
 * @param spectral of the first clusters, where they are spectral
 */
public record JointOptions(
    String section,
    int clusters,
    int warmUpEpochs,
    int epochs,
    double lambda,
    double lambdaEnd,
    int rampEpochs,
    int firstEpochs,
    boolean whiten,
    First first,
    EmptyClusters emptyClusters,
    double tolerance,
    int sample,
    int restarts,
    SpectralEmbeddingOptions spectral) {

  /** Where the first clusters come from. */
  public enum First {
    /** k-means on a sample of the codes. */
    K_MEANS,
    /** The spectral last step on the codes. */
    SPECTRAL,
    /** Every image's cluster is drawn (AEC, Algorithm 1, line 2). */
    RANDOM,
    /** The codes of K images that are drawn are the centres (DCAE, section IV). */
    RANDOM_IMAGES
  }

  /** What happens when a cluster has no image. */
  public enum EmptyClusters {
    /** It is an error. */
    ERROR,
    /** Its centre stays where it is. */
    KEEP
  }

  /**
   * Checks the values.
   *
   * @throws UserException naming the key that is out of its range
   */
  public JointOptions {
    require(section, "warm-up-epochs", warmUpEpochs, warmUpEpochs >= 0, "0 or more");
    require(section, "epochs", epochs, epochs >= 0, "0 or more");
    require(section, "lambda", lambda, lambda >= 0, "0 or more");
    require(section, "lambda-end", lambdaEnd, lambdaEnd >= 0, "0 or more");
    require(section, "ramp-epochs", rampEpochs, rampEpochs >= 0, "0 or more");
    require(section, "first-epochs", firstEpochs, firstEpochs >= 0, "0 or more");
    require(section, "tolerance", tolerance, tolerance >= 0 && tolerance < 1, "0 to 1");
    require(section, "sample", sample, sample >= clusters, "at least the number of clusters");
    require(section, "restarts", restarts, restarts >= 1, "1 or more");
  }

  private static void require(
      String section, String key, Object value, boolean isRight, String expected) {
    Options.require(isRight, section + "." + key, value, expected);
  }

  /** Returns the options of a resolved configuration's section. */
  public static JointOptions of(Config config, String section) {
    Config own = config.getConfig(section);
    return new JointOptions(
        section,
        config.getInt("clusters"),
        own.getInt("warm-up-epochs"),
        own.getInt("epochs"),
        own.getDouble("lambda"),
        own.getDouble("lambda-end"),
        own.getInt("ramp-epochs"),
        own.getInt("first-epochs"),
        own.getBoolean("whiten"),
        Options.named(First.class, section + ".first-clusters", own.getString("first-clusters")),
        Options.named(
            EmptyClusters.class, section + ".empty-clusters", own.getString("empty-clusters")),
        own.getDouble("tolerance"),
        own.getInt("sample"),
        own.getInt("restarts"),
        SpectralEmbeddingOptions.of(config));
  }

  /** Returns what the first clusters are made by. */
  FirstClusters.Options firstClusters() {
    return new FirstClusters.Options(first, clusters, sample, restarts, spectral);
  }

  /** Returns whether every image keeps its first cluster in a joint epoch, from 1. */
  boolean keepsFirst(int jointEpoch) {
    return jointEpoch <= firstEpochs;
  }

  /** Returns lambda in a joint epoch, from 1. */
  double lambda(int jointEpoch) {
    if (rampEpochs <= 1 || lambda == 0 || lambdaEnd == 0) {
      return jointEpoch <= rampEpochs ? lambda : lambdaEnd;
    }
    double share = Math.min(1, (jointEpoch - 1.0) / (rampEpochs - 1.0));
    return lambda * Math.pow(lambdaEnd / lambda, share);
  }
}
