package org.imageclustering.spark.spectral;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.neighbours.CellIndex;
import org.imageclustering.neighbours.CellOptions;
import org.imageclustering.neighbours.Recall;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.imageclustering.spark.graph.DistributedNeighbours;
import org.imageclustering.spark.session.StageStore;

/**
 * The neighbours of distinct landmarks among themselves, in their whole vectors and in each view,
 * searched over the cluster. Each search measures the share of true neighbours that it finds.
 */
final class LandmarkSearch {
  private static final String WHOLE = "last-step-neighbours";
  private static final String VIEWS = "last-step-views";

  /** Points whose neighbours are compared with an exact search. */
  private static final int RECALL_SAMPLE = 200;

  private final JavaSparkContext spark;
  private final FloatMatrix points;
  private final SpectralEmbeddingOptions options;
  private final StageStore stages;

  LandmarkSearch(
      JavaSparkContext spark,
      FloatMatrix points,
      SpectralEmbeddingOptions options,
      StageStore stages) {
    this.spark = spark;
    this.points = points;
    this.options = options;
    this.stages = stages;
  }

  /** Returns the index of distinct points: by cells, which is exact for some thousand of them. */
  static NeighbourIndex index(FloatMatrix points, long seed) {
    return CellIndex.build(points, CellOptions.auto(seed));
  }

  /** Returns the neighbours of every point, at most {@code options.neighbours()}. */
  Neighbours whole() {
    return stages.step(WHOLE, () -> of(points, WHOLE, "recall"));
  }

  /**
   * Returns the neighbours in every view, for which {@code whole} stands where there is one view.
   *
   * @param lengths of the parts of a vector that are views; sum to the length of the vectors
   */
  List<Neighbours> views(int[] lengths, Neighbours whole) {
    return lengths.length == 1 ? List.of(whole) : stages.step(VIEWS, () -> views(lengths));
  }

  private List<Neighbours> views(int[] lengths) {
    List<Neighbours> views = new ArrayList<>();
    int from = 0;
    for (int length : lengths) {
      FloatMatrix view = points.slice(from, from + length);
      views.add(of(view, VIEWS, "recall of view " + (views.size() + 1)));
      from += length;
    }
    return views;
  }

  private Neighbours of(FloatMatrix vectors, String stage, String recall) {
    spark.setJobDescription("last step: neighbours");
    NeighbourIndex index = index(vectors, options.seed());
    int k = Math.min(options.neighbours(), vectors.rows() - 1);
    Neighbours self = DistributedNeighbours.search(spark, index, k);
    stages.measure(stage, recall, Recall.of(vectors, self, RECALL_SAMPLE, options.seed()));
    return self;
  }
}
