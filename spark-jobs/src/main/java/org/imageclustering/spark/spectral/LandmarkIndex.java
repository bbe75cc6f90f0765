package org.imageclustering.spark.spectral;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.neighbours.CellIndex;
import org.imageclustering.neighbours.CellOptions;
import org.imageclustering.neighbours.Recall;
import org.imageclustering.spark.graph.DistributedNeighbours;

/** The neighbours of the landmarks: by cells, which is exact for some thousand points. */
final class LandmarkIndex {
  /** Points whose neighbours are compared with an exact search. */
  private static final int RECALL_SAMPLE = 200;

  private LandmarkIndex() {}

  /** Returns the index of distinct points. */
  static NeighbourIndex of(FloatMatrix points, long seed) {
    return CellIndex.build(points, CellOptions.auto(seed));
  }

  /** Returns the k nearest other points of every point, searched over the cluster. */
  static Neighbours searchSelf(SparkSession spark, NeighbourIndex index, int k) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    context.setJobDescription("last step: neighbours");
    return DistributedNeighbours.search(context, index, k);
  }

  /** Returns the share of true neighbours among those found, over a sample. */
  static double recall(NeighbourIndex index, Neighbours self, long seed) {
    return Recall.of(index.points(), self, RECALL_SAMPLE, seed);
  }
}
