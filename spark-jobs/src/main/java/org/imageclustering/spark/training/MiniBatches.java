package org.imageclustering.spark.training;

import java.io.Serializable;
import java.util.Iterator;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * How the rows of a partition become mini-batches: the one thing that a {@link Trainer} is told of
 * the data. Runs on the executors.
 *
 * @param <T> a row, or a block of rows
 */
@FunctionalInterface
public interface MiniBatches<T> extends Serializable {
  /**
   * Returns the mini-batches of one worker's partition in a pass, in an order that depends on the
   * pass and on nothing that changes between two runs.
   *
   * @param pass its number, from 1
   * @param first the number of batches to leave out, which are not made
   * @param until ends before the batch of this number
   */
  Iterator<MultiDataSet> of(Iterator<T> rows, int pass, int first, int until);
}
