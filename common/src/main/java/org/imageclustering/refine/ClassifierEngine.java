package org.imageclustering.refine;

/** Trains linear classifiers on some of a training set's rows. */
public interface ClassifierEngine {
  /**
   * Returns the classifier of least {@code |w|² / 2 + C sum of losses}.
   *
   * @param rows of the training set, in the order in which losses are summed; at least one of each
   *     kind
   * @param positive which of them are positive, by their place in {@code rows}
   * @param start where an engine that can do so starts, or null
   */
  LinearClassifier train(int[] rows, boolean[] positive, LinearClassifier start);
}
