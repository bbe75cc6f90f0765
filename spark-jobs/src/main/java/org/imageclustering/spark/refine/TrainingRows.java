package org.imageclustering.spark.refine;

import java.io.Serializable;
import org.imageclustering.refine.LiblinearEngine;
import org.imageclustering.refine.TrainingSet;

/**
 * A training set as it is broadcast: what liblinear makes of it is made once on each executor, by
 * the first chain that needs it.
 */
final class TrainingRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TrainingSet rows;
  private final double cost;
  private transient LiblinearEngine engine;

  TrainingRows(TrainingSet rows, double cost) {
    this.rows = rows;
    this.cost = cost;
  }

  TrainingSet rows() {
    return rows;
  }

  synchronized LiblinearEngine liblinear() {
    if (engine == null) {
      engine = LiblinearEngine.of(rows.points(), cost);
    }
    return engine;
  }
}
