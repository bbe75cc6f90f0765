package org.imageclustering.spark.spectral;

import java.io.Serializable;

/**
 * A vector with its id, small enough to be shuffled and collected; or what is wrong with it, which
 * the driver raises, as an exception in a task would be tried again and reach the user wrapped.
 */
final class IdentifiedVector implements Serializable {
  private static final long serialVersionUID = 1L;

  final long id;
  final float[] vector;
  final String problem;

  private IdentifiedVector(long id, float[] vector, String problem) {
    this.id = id;
    this.vector = vector;
    this.problem = problem;
  }

  /** A vector that was read. */
  static IdentifiedVector of(long id, float[] vector) {
    return new IdentifiedVector(id, vector, null);
  }

  /** A row that cannot be read, with the message for the user. */
  static IdentifiedVector unreadable(long id, String problem) {
    return new IdentifiedVector(id, null, problem);
  }
}
