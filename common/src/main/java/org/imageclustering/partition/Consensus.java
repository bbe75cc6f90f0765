package org.imageclustering.partition;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.imageclustering.linalg.Assignment;

/**
 * The plurality vote of several partitions of the same points into K clusters: the clusters of each
 * are matched with those of a reference, one to one, so that most points agree, and a point goes to
 * the cluster that most partitions give it (Dudoit and Fridlyand 2003, "Bagging to improve the
 * accuracy of a clustering procedure"). The result becomes the next reference.
 *
 * <p>What one partition has wrong by chance the others outvote; a choice of one of them cannot.
 * Memory: 8 n bytes beside the partitions.
 */
final class Consensus {
  /** The vote hardly moves after the first round. */
  private static final int ROUNDS = 3;

  private Consensus() {}

  /**
   * Returns the vote: n cluster numbers in {@code 0..clusters-1}, all in use. On a tie a point
   * stays where the reference has it, or else goes to the first voter's cluster of those that tie.
   * A round that would leave a cluster empty ends the vote before it.
   *
   * @param voters at least one, each n cluster numbers in {@code 0..clusters-1}
   * @param start the first reference, of the same form, all clusters in use
   */
  static int[] of(List<int[]> voters, int[] start, int clusters) {
    int[] reference = start;
    for (int round = 0; round < ROUNDS; round++) {
      int[] next = vote(voters, reference, clusters);
      for (int size : Labels.sizes(next, clusters)) {
        if (size == 0) {
          return reference;
        }
      }
      reference = next;
    }
    return reference;
  }

  private static int[] vote(List<int[]> voters, int[] reference, int clusters) {
    int[][] names = new int[voters.size()][];
    for (int v = 0; v < names.length; v++) {
      names[v] = matched(voters.get(v), reference, clusters);
    }
    int[] result = new int[reference.length];
    int[] votes = new int[clusters];
    for (int i = 0; i < result.length; i++) {
      for (int v = 0; v < names.length; v++) {
        votes[names[v][voters.get(v)[i]]]++;
      }
      int most = reference[i];
      for (int v = 0; v < names.length; v++) {
        int name = names[v][voters.get(v)[i]];
        most = votes[name] > votes[most] ? name : most;
      }
      for (int v = 0; v < names.length; v++) {
        votes[names[v][voters.get(v)[i]]] = 0;
      }
      result[i] = most;
    }
    return result;
  }

  /** Returns, for each cluster of a partition, the reference's cluster that it is matched with. */
  private static int[] matched(int[] labels, int[] reference, int clusters) {
    long[][] counts = new long[clusters][clusters];
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i]][reference[i]]++;
    }
    int[] names = Assignment.of(clusters, clusters, (row, column) -> counts[row][column]);
    // A cluster that shares no point with any that is left keeps a name of its own: where the
    // reference has joined two of the voters' clusters, it can be outvoted.
    BitSet free = new BitSet();
    free.set(0, clusters);
    IntStream.of(names).filter(name -> name != Assignment.NONE).forEach(free::clear);
    for (int row = 0; row < clusters; row++) {
      if (names[row] == Assignment.NONE) {
        names[row] = free.nextSetBit(0);
        free.clear(names[row]);
      }
    }
    return names;
  }
}
