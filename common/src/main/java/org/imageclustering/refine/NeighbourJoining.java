package org.imageclustering.refine;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.imageclustering.criterion.ClusterLinks;
import org.imageclustering.criterion.Modularity;

/**
 * Goes from classifiers to a number of groups by the modularity of a graph of neighbours. A step
 * joins two groups, or gives one up whose rows then go to the next best classifiers: whichever
 * leaves the larger modularity. A classifier that has grown over several kinds of rows agrees with
 * no other; joining alone would keep it, and merge two good ones instead.
 */
final class NeighbourJoining {
  /** The group of a classifier that was given up. */
  static final int NONE = -1;

  private static final double ROUNDING = 1e-9;

  private final NeighbourGraph graph;

  /** s x c signed distances of the nodes from the classifiers. */
  private final double[][] distances;

  /** Each classifier's group, numbered by their first classifiers; or {@link #NONE}. */
  private int[] groups;

  private int count;

  private NeighbourJoining(NeighbourGraph graph, double[][] distances) {
    this.graph = graph;
    this.distances = distances;
    this.count = distances[0].length;
    this.groups = IntStream.range(0, count).toArray();
  }

  /**
   * Returns each classifier's group, or {@link #NONE} where it was given up.
   *
   * @param distances of each node of the graph from each classifier, s x c; not modified
   * @param clusters how many groups are left, at most c
   */
  static int[] groups(NeighbourGraph graph, double[][] distances, int clusters) {
    NeighbourJoining joining = new NeighbourJoining(graph, distances);
    while (joining.count > clusters) {
      joining.step();
    }
    return joining.groups;
  }

  /** Returns the group of a node: that of the classifier with the largest distance. */
  static int nearest(double[] distances, int[] groups) {
    int nearest = NONE;
    for (int c = 0; c < groups.length; c++) {
      boolean isNearer = nearest == NONE || distances[c] > distances[nearest];
      nearest = groups[c] != NONE && isNearer ? c : nearest;
    }
    return groups[nearest];
  }

  private void step() {
    int[] joined = joined();
    int[] best = joined;
    double most = modularity(joined);
    for (int group = 0; group < count; group++) {
      int[] left = without(group);
      double modularity = modularity(left);
      // One that is nearest to no row is given up, not joined to any.
      if (modularity > most - ROUNDING) {
        most = modularity;
        best = left;
      }
    }
    groups = best;
    count--;
  }

  /** Joins the two groups whose union adds most to the modularity. */
  private int[] joined() {
    ClusterLinks links = links(groups, count);
    int[] parts = NeighbourGraph.joined(links, count - 1);
    return Arrays.stream(groups).map(g -> g == NONE ? NONE : parts[g]).toArray();
  }

  private int[] without(int group) {
    return Arrays.stream(groups).map(g -> g == group ? NONE : g > group ? g - 1 : g).toArray();
  }

  private double modularity(int[] candidate) {
    return Modularity.of(links(candidate, count - 1));
  }

  private ClusterLinks links(int[] candidate, int clusters) {
    int[] labels = Arrays.stream(distances).mapToInt(each -> nearest(each, candidate)).toArray();
    return graph.links(labels, clusters);
  }
}
