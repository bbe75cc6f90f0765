package org.imageclustering.partition;

import java.util.Arrays;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.RowIndex;

/** The neighbour index that looks at every pair, for tests. */
final class AllPairs implements NeighbourIndex {
  private static final long serialVersionUID = 1L;

  private final FloatMatrix points;

  AllPairs(FloatMatrix points) {
    this.points = points;
  }

  @Override
  public FloatMatrix points() {
    return points;
  }

  @Override
  public int indexOf(float[] source, int offset) {
    return new RowIndex(points).find(source, offset);
  }

  @Override
  public Neighbours search(FloatMatrix queries, int k) {
    int n = points.rows();
    int d = points.columns();
    float[] both = Arrays.copyOf(points.values(), (n + queries.rows()) * d);
    System.arraycopy(queries.values(), 0, both, n * d, queries.values().length);
    int all = n + queries.rows();
    Neighbours every = Shapes.neighbours(new FloatMatrix(all, d, both), all - 1);
    int[] ids = new int[queries.rows() * k];
    float[] distances = new float[ids.length];
    for (int q = 0; q < queries.rows(); q++) {
      int kept = 0;
      for (int e = (n + q) * every.k(); kept < k; e++) {
        if (every.ids()[e] < n) {
          ids[q * k + kept] = every.ids()[e];
          distances[q * k + kept++] = every.distances()[e];
        }
      }
    }
    return new Neighbours(queries.rows(), k, ids, distances);
  }

  @Override
  public Neighbours searchSelf(int from, int until, int k) {
    throw new UnsupportedOperationException("not asked for by a vote");
  }
}
