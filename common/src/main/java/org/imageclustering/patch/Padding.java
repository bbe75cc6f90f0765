package org.imageclustering.patch;

/** What lies beyond an image's border when windows are cut from it. */
public enum Padding {
  /** Zeros, so many that there are ceil(m / stride) windows along a side of m pixels. */
  SAME,
  /** Nothing: windows stay inside. */
  NONE
}
