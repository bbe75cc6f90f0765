package org.imageclustering.spark.training;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * One round of parameter averaging by DL4J: every worker takes the same network through its own
 * mini-batches, and the mean of their parameters and updater states is the network of the next
 * round (McDonald, Hall and Mann 2010). The one class that uses dl4j-spark.
 */
final class ParameterAveraging {
  private ParameterAveraging() {}

  /**
   * Trains a network in place by one round.
   *
   * @param batches each worker's mini-batches in a partition of its own
   * @param steps the most mini-batches of a partition
   * @param size the most examples of a mini-batch
   * @return the mean loss of an example, of the workers' last steps
   */
  static double round(
      JavaSparkContext spark,
      ComputationGraph graph,
      JavaRDD<MultiDataSet> batches,
      int steps,
      int size) {
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(batches.getNumPartitions(), size)
            .batchSizePerWorker(size)
            .averagingFrequency(steps)
            .workerPrefetchNumBatches(0)
            .saveUpdater(true)
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .storageLevel(null)
            .collectTrainingStats(false)
            .build();
    SparkComputationGraph network = new SparkComputationGraph(spark, graph, master);
    network.fitMultiDataSet(batches);
    return network.getScore();
  }
}
