package org.imageclustering.spark.spectral;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.criterion.Criterion;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.Symmetrisation;
import org.imageclustering.partition.PoolOptions;
import org.imageclustering.partition.SpectralEmbeddingOptions;

/**
 * The parameters of {@link SpectralEmbedding}, and the validated record that they make. Public
 * because MLlib finds parameters by reflection.
 */
public interface SpectralParams extends SpectralColumns {
  /** Returns the parameters' objects but for the columns. */
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

  /** The parameter for the lengths of the parts of a vector that are views of their own. */
  default IntArrayParam views() {
    return settings().views;
  }

  /** The parameter for the number of neighbours in the graph. */
  default IntParam neighbours() {
    return settings().neighbours;
  }

  /** The parameter for the edge weights. */
  default Param<String> weights() {
    return settings().weights;
  }

  /** The parameter for the symmetrisation of the graph. */
  default Param<String> symmetrisation() {
    return settings().symmetrisation;
  }

  /** The parameter for the largest number of points that are fitted. */
  default IntParam landmarks() {
    return settings().landmarks;
  }

  /** The parameter for the number of landmarks that assign another point. */
  default IntParam voters() {
    return settings().voters;
  }

  /** The parameter for the largest number of clusters that is looked at where it is to be found. */
  default IntParam mostClusters() {
    return settings().mostClusters;
  }

  /** The parameter for the criterion of the choice. */
  default Param<String> criterion() {
    return settings().criterion;
  }

  /** The parameter for the share of the candidates that vote. */
  default DoubleParam consensus() {
    return settings().consensus;
  }

  /** The parameter for the sizes of the commute-time embeddings. */
  default IntArrayParam commuteVectors() {
    return settings().commuteVectors;
  }

  /** The parameter for the sizes of the unscaled embeddings in multiples of K. */
  default DoubleArrayParam njwFactors() {
    return settings().njwFactors;
  }

  /** The parameter for the k-means runs on each embedding. */
  default IntParam restarts() {
    return settings().restarts;
  }

  /** The parameter for the centres that Ward's method joins. */
  default IntParam wardCentres() {
    return settings().wardCentres;
  }

  /** The parameter for the sizes of the partitions that are merged. */
  default IntArrayParam mergedCentres() {
    return settings().mergedCentres;
  }

  /** The parameter for whether points are moved while the modularity rises. */
  default BooleanParam localMoves() {
    return settings().localMoves;
  }

  /** The parameter for the points of the silhouette. */
  default IntParam silhouetteSample() {
    return settings().silhouetteSample;
  }

  /**
   * Returns the options as the validated record.
   *
   * @throws UserException naming the option that is out of its range
   */
  default SpectralEmbeddingOptions options() {
    return new SpectralEmbeddingOptions(
        (Integer) getOrDefault(k()),
        (Long) getOrDefault(seed()),
        Arrays.stream(getOrDefault(views())).boxed().toList(),
        (Integer) getOrDefault(neighbours()),
        Options.named(EdgeWeights.class, "weights", getOrDefault(weights())),
        Options.named(Symmetrisation.class, "symmetrisation", getOrDefault(symmetrisation())),
        (Integer) getOrDefault(landmarks()),
        (Integer) getOrDefault(voters()),
        (Integer) getOrDefault(mostClusters()),
        poolOptions());
  }

  private PoolOptions poolOptions() {
    List<Integer> commute = new ArrayList<>();
    Arrays.stream(getOrDefault(commuteVectors())).forEach(commute::add);
    List<Double> njw = new ArrayList<>();
    Arrays.stream(getOrDefault(njwFactors())).forEach(njw::add);
    List<Integer> merged = new ArrayList<>();
    Arrays.stream(getOrDefault(mergedCentres())).forEach(merged::add);
    return new PoolOptions(
        Options.named(Criterion.class, "criterion", getOrDefault(criterion())),
        (Double) getOrDefault(consensus()),
        commute,
        njw,
        (Integer) getOrDefault(restarts()),
        (Integer) getOrDefault(wardCentres()),
        merged,
        (Boolean) getOrDefault(localMoves()),
        (Integer) getOrDefault(silhouetteSample()));
  }

  /** The parameters' objects: made once their owner has its identifier, which they copy. */
  final class Settings implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> idCol;
    private final IntParam k;
    private final LongParam seed;
    private final IntArrayParam views;
    private final IntParam neighbours;
    private final Param<String> weights;
    private final Param<String> symmetrisation;
    private final IntParam landmarks;
    private final IntParam voters;
    private final IntParam mostClusters;
    private final Param<String> criterion;
    private final DoubleParam consensus;
    private final IntArrayParam commuteVectors;
    private final DoubleArrayParam njwFactors;
    private final IntParam restarts;
    private final IntParam wardCentres;
    private final IntArrayParam mergedCentres;
    private final BooleanParam localMoves;
    private final IntParam silhouetteSample;

    /** The parameters of an estimator, which has the default of the id column afterwards. */
    Settings(SpectralParams of) {
      idCol = new Param<>(of, "idCol", "column of the unique id, an integer");
      k = new IntParam(of, "k", "number of clusters, at least 2; 0: to be found");
      seed = new LongParam(of, "seed", "seed of every draw");
      views = new IntArrayParam(of, "views", "lengths of parts that are views; none: the column's");
      neighbours = new IntParam(of, "neighbours", "neighbours of a point in the graph");
      weights = new Param<>(of, "weights", "edge weights: binary, self-tuning or fuzzy");
      symmetrisation = new Param<>(of, "symmetrisation", "mean, union or mutual");
      landmarks = new IntParam(of, "landmarks", "largest number of points that are fitted");
      voters = new IntParam(of, "voters", "landmarks that assign another point");
      mostClusters = new IntParam(of, "mostClusters", "largest k looked at where k is 0");
      criterion =
          new Param<>(
              of, "criterion", "modularity, map-equation, ncut, silhouette or cost: the choice");
      consensus = new DoubleParam(of, "consensus", "share of the candidates that vote, 0 to 1");
      commuteVectors = new IntArrayParam(of, "commuteVectors", "sizes of scaled embeddings");
      njwFactors = new DoubleArrayParam(of, "njwFactors", "sizes of unscaled ones, times K");
      restarts = new IntParam(of, "restarts", "k-means runs on each embedding");
      wardCentres = new IntParam(of, "wardCentres", "centres that Ward's method joins; 0: none");
      mergedCentres = new IntArrayParam(of, "mergedCentres", "sizes of partitions to be merged");
      localMoves = new BooleanParam(of, "localMoves", "move points while modularity rises");
      silhouetteSample = new IntParam(of, "silhouetteSample", "points of the silhouette");
      of.setDefault(idCol, "id");
    }
  }
}
