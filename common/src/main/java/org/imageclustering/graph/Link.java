package org.imageclustering.graph;

/** A pair of points and their Euclidean distance. */
final class Link {
  final int from;
  final int to;
  final double distance;

  Link(int from, int to, double distance) {
    this.from = from;
    this.to = to;
    this.distance = distance;
  }

  /** Tells whether this pair comes first by (distance, lower point, higher point). */
  boolean precedes(Link other) {
    if (other == null || distance != other.distance) {
      return other == null || distance < other.distance;
    }
    int low = Math.min(from, to);
    int otherLow = Math.min(other.from, other.to);
    return low != otherLow ? low < otherLow : Math.max(from, to) < Math.max(other.from, other.to);
  }
}
