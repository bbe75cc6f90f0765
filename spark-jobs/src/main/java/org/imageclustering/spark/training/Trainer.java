package org.imageclustering.spark.training;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.imageclustering.UserException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network for one epoch over rows that lie on the executors, a partition a worker. One
 * worker trains directly, in one task; several by averaging their parameters every {@code
 * averaging-frequency} steps. What reaches the driver: the network's parameters and updater state.
 *
 * <p>An epoch of fewer images than {@code epoch-images} has several passes, each with an order of
 * its own; a single worker makes all of them in one task.
 *
 * @param <T> a row, or a block of rows
 */
public final class Trainer<T> {
  private final JavaSparkContext spark;
  private final TrainingOptions options;
  private final MiniBatches<T> batches;

  /** A trainer of rows that become mini-batches in this way. */
  public Trainer(JavaSparkContext spark, TrainingOptions options, MiniBatches<T> batches) {
    this.spark = spark;
    this.options = options;
    this.batches = batches;
  }

  /**
   * Returns the network after an epoch.
   *
   * @param rows a partition a worker
   * @param epoch its number, which the order of the images depends on
   * @param rowCount of all rows, in examples
   * @throws UserException if the loss is no longer a number, or memory outside the heap runs out
   */
  public TrainedEpoch epoch(NetworkState state, JavaRDD<T> rows, int epoch, long rowCount) {
    int passes = options.passes(rowCount);
    int[] numbers = IntStream.rangeClosed((epoch - 1) * passes + 1, epoch * passes).toArray();
    TrainedEpoch trained =
        rows.getNumPartitions() == 1
            ? directly(state, rows, numbers)
            : averaged(state, rows, numbers, rowCount);
    if (!Double.isFinite(trained.loss())) {
      throw new UserException(
          "Cannot train: found a loss of %s in epoch %d, expected a number: lower the learning rate"
              .formatted(trained.loss(), epoch));
    }
    return trained;
  }

  private TrainedEpoch directly(NetworkState state, JavaRDD<T> rows, int[] passes) {
    Broadcast<NetworkState> shared = spark.broadcast(state);
    MiniBatches<T> maker = batches;
    try {
      return RereadRows.of(rows)
          .map(partition -> train(shared.value(), maker, partition, passes))
          .collect()
          .get(0);
    } finally {
      shared.destroy();
    }
  }

  private static <T> TrainedEpoch train(
      NetworkState state, MiniBatches<T> maker, Iterable<T> rows, int[] passes) {
    Natives.require();
    try {
      ComputationGraph graph = state.network();
      double loss = 0;
      long examples = 0;
      for (int pass : passes) {
        Iterator<MultiDataSet> batches = maker.of(rows.iterator(), pass, 0, Integer.MAX_VALUE);
        while (batches.hasNext()) {
          MultiDataSet batch = batches.next();
          graph.fit(batch);
          long size = batch.getFeatures(0).size(0);
          loss += graph.score() * size;
          examples += size;
          close(batch);
        }
      }
      graph.clear();
      return new TrainedEpoch(NetworkState.of(graph), loss / examples);
    } catch (OutOfMemoryError e) {
      throw Natives.outOfMemory(e);
    } finally {
      Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }
  }

  /**
   * Gives the memory back at once: the garbage collector does not see what lies outside the heap.
   */
  private static void close(MultiDataSet batch) {
    for (INDArray[] arrays : List.of(batch.getFeatures(), batch.getLabels())) {
      for (INDArray array : arrays) {
        if (array.closeable()) {
          array.close();
        }
      }
    }
  }

  private TrainedEpoch averaged(NetworkState state, JavaRDD<T> rows, int[] passes, long rowCount) {
    Natives.require();
    ComputationGraph graph = state.network();
    int workers = rows.getNumPartitions();
    int every = options.averagingFrequency();
    long steps =
        (rowCount + (long) workers * options.batch() - 1) / ((long) workers * options.batch());
    double loss = 0;
    int rounds = 0;
    for (int pass : passes) {
      for (int first = 0; first < steps; first += every) {
        JavaRDD<org.nd4j.linalg.dataset.api.MultiDataSet> round =
            round(rows, batches, pass, first, first + every);
        loss += ParameterAveraging.round(spark, graph, round, every, options.batch());
        rounds++;
      }
    }
    return new TrainedEpoch(NetworkState.of(graph), loss / rounds);
  }

  private static <T> JavaRDD<org.nd4j.linalg.dataset.api.MultiDataSet> round(
      JavaRDD<T> rows, MiniBatches<T> maker, int epoch, int first, int until) {
    return rows.mapPartitions(
        partition -> {
          Natives.require();
          Iterator<MultiDataSet> some = maker.of(partition, epoch, first, until);
          return new Iterator<org.nd4j.linalg.dataset.api.MultiDataSet>() {
            @Override
            public boolean hasNext() {
              return some.hasNext();
            }

            @Override
            public org.nd4j.linalg.dataset.api.MultiDataSet next() {
              return some.next();
            }
          };
        });
  }
}
