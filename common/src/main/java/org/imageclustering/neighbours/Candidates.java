package org.imageclustering.neighbours;

import java.util.Arrays;
import org.imageclustering.linalg.FloatMatrix;

/**
 * The best candidates so far of a block of queries: the inner loop of every search.
 *
 * <ol>
 *   <li>A score that reaches the query's threshold is appended, unsorted.
 *   <li>A full list is cut: the threshold rises to the k-th largest score less the margin of
 *       rounding, and what lies below goes.
 *   <li>At the end the distances of what remains are computed again in double and sorted by
 *       (distance, id).
 * </ol>
 *
 * So the result is the exact order of whatever was scanned, whatever the product's low bits, the
 * order of scanning and the other queries of the block. For one thread.
 */
final class Candidates {
  private static final int SLACK = 40;

  private final PointSet set;
  private final int k;
  private final int capacity;
  private final float[] scores;
  private final int[] positions;
  private final int[] sizes;
  private final float[] thresholds;
  private final float[] margins;
  private final float[] selection;
  private final double[] bestDistances;
  private final int[] bestPositions;
  private FloatMatrix queries;
  private int[] rows;

  /** Room for the k best candidates of at most {@code slots} queries. */
  Candidates(PointSet set, int k, int slots) {
    this.set = set;
    this.k = k;
    this.capacity = Math.addExact(Math.multiplyExact(2, k), SLACK);
    this.scores = new float[Math.multiplyExact(slots, capacity)];
    this.positions = new int[slots * capacity];
    this.sizes = new int[slots];
    this.thresholds = new float[slots];
    this.margins = new float[slots];
    this.selection = new float[capacity];
    this.bestDistances = new double[k];
    this.bestPositions = new int[k];
  }

  /** Starts a block: slot s holds the query in row {@code rows[s]}. */
  void begin(FloatMatrix blockQueries, int[] blockRows) {
    this.queries = blockQueries;
    this.rows = blockRows;
    Arrays.fill(sizes, 0);
    Arrays.fill(thresholds, Float.NEGATIVE_INFINITY);
    for (int slot = 0; slot < blockRows.length; slot++) {
      double norm = PointSet.squaredNorm(blockQueries, blockRows[slot], blockRows[slot]);
      margins[slot] = Math.nextUp((float) set.scoreMargin(Math.sqrt(norm)));
    }
  }

  /**
   * Takes a row of products of the slot's query with the points {@code first <= p < first + count}.
   */
  void scan(int slot, float[] products, int offset, int first, int count) {
    float[] halfNorms = set.halfNorms();
    int base = slot * capacity;
    int size = sizes[slot];
    float threshold = thresholds[slot];
    for (int j = 0; j < count; j++) {
      float score = products[offset + j] - halfNorms[first + j];
      if (score >= threshold) {
        scores[base + size] = score;
        positions[base + size] = first + j;
        if (++size == capacity) {
          sizes[slot] = size;
          cut(slot);
          size = sizes[slot];
          threshold = thresholds[slot];
        }
      }
    }
    sizes[slot] = size;
  }

  /** Writes the slot's k nearest at {@code at}; where there are fewer, -1 at infinity. */
  void finish(int slot, int[] ids, float[] distances, int at) {
    cut(slot);
    int found = nearest(slot);
    for (int i = 0; i < k; i++) {
      ids[at + i] = i < found ? set.ids()[bestPositions[i]] : -1;
      distances[at + i] = i < found ? (float) Math.sqrt(bestDistances[i]) : Float.POSITIVE_INFINITY;
    }
  }

  private void cut(int slot) {
    int base = slot * capacity;
    int size = sizes[slot];
    if (size <= k) {
      return;
    }
    System.arraycopy(scores, base, selection, 0, size);
    float threshold = Selection.largest(selection, size, k) - margins[slot];
    thresholds[slot] = Math.max(thresholds[slot], threshold);
    int kept = base;
    for (int i = base; i < base + size; i++) {
      if (scores[i] >= threshold) {
        scores[kept] = scores[i];
        positions[kept++] = positions[i];
      }
    }
    sizes[slot] = kept - base;
    if (sizes[slot] > capacity - SLACK / 2) {
      settle(slot);
    }
  }

  /** Leaves the k exactly nearest when too many scores lie within the margin to be told apart. */
  private void settle(int slot) {
    int base = slot * capacity;
    sizes[slot] = nearest(slot);
    for (int i = 0; i < sizes[slot]; i++) {
      positions[base + i] = bestPositions[i];
      scores[base + i] = thresholds[slot] + margins[slot];
    }
  }

  /** Sorts the slot's k nearest by (distance, id) and returns how many there are. */
  private int nearest(int slot) {
    int found = 0;
    for (int i = slot * capacity; i < slot * capacity + sizes[slot]; i++) {
      double distance = set.squaredDistance(queries, rows[slot], positions[i]);
      if (found < k || precedes(distance, positions[i], k - 1)) {
        found = Math.min(k, found + 1);
        insert(distance, positions[i], found - 1);
      }
    }
    return found;
  }

  private void insert(double distance, int position, int last) {
    int at = last;
    while (at > 0 && precedes(distance, position, at - 1)) {
      bestDistances[at] = bestDistances[at - 1];
      bestPositions[at] = bestPositions[at - 1];
      at--;
    }
    bestDistances[at] = distance;
    bestPositions[at] = position;
  }

  private boolean precedes(double distance, int position, int other) {
    return distance < bestDistances[other]
        || (distance == bestDistances[other]
            && set.ids()[position] < set.ids()[bestPositions[other]]);
  }
}
