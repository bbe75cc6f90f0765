package org.imageclustering.neighbours;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;

/**
 * How many cells a query must search. What suffices differs much: 12 of 700 cells for patches of
 * images, most of them for random numbers in many dimensions. So the exact neighbours of a sample
 * of points are found, and it is counted in which of their nearest cells they lie.
 */
final class ProbeCalibration {
  private static final double RECALL = 0.983;
  private static final int NEIGHBOURS = 17;
  private static final int SAMPLE = 1024;
  private static final int CHUNK = 96;

  private ProbeCalibration() {}

  /** Returns the least number of nearest cells that hold 98.3 % of the sample's neighbours. */
  static int probes(FloatMatrix points, Cells cells, long seed) {
    int n = points.rows();
    int cellCount = cells.centres().rows();
    int k = Math.min(NEIGHBOURS, n - 1);
    if (cellCount == 1 || k == 0) {
      return 1;
    }
    int[] sample =
        new SplittableRandom(seed).ints(0, n).distinct().limit(Math.min(n, SAMPLE)).toArray();
    int[] found = neighbours(points, sample, k);
    int[] cellOf = cells.cellOf();
    int[] wanted = Arrays.stream(found).map(id -> cellOf[id]).toArray();
    CellRanking ranking = new CellRanking(cells.centres(), 1);
    int[] ranks = ranking.ranksOf(points.select(sample), k, wanted);
    Arrays.sort(ranks);
    return 1 + ranks[(int) Math.ceil(RECALL * ranks.length) - 1];
  }

  private static int[] neighbours(FloatMatrix points, int[] sample, int k) {
    ExactIndex exact = ExactIndex.of(points);
    int[] found = new int[sample.length * k];
    Parallel.forChunks(
        sample.length,
        CHUNK,
        (chunk, from, until) -> {
          int[] own = Arrays.copyOfRange(sample, from, until);
          Neighbours part = SelfNeighbours.drop(exact.search(points.select(own), k + 1), own);
          System.arraycopy(part.ids(), 0, found, from * k, part.ids().length);
        });
    return found;
  }
}
