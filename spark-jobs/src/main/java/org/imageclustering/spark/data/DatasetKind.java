package org.imageclustering.spark.data;

import java.util.Locale;

/** What a data set's rows are. */
public enum DatasetKind {
  /** Pixels with a height, width and channels. */
  IMAGES,
  /** Vectors from elsewhere. */
  VECTORS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
