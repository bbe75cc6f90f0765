package org.imageclustering.refine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.imageclustering.criterion.ClusterLinks;
import org.imageclustering.criterion.Modularity;

/**
 * Which classifiers stand for one cluster (Algorithm 2, line 13), and what a graph of neighbours
 * says of the clusters before and after the refinement.
 */
public final class JoinedClassifiers {
  /** Nodes of the graph: its search takes some seconds of one core. */
  private static final int MOST_NODES = 20_000;

  private final LinearClassifier[] classifiers;
  private final int[] groups;
  private final Map<String, Object> measures = new LinkedHashMap<>();
  private final NeighbourGraph graph;
  private double before;
  private double after;

  private JoinedClassifiers(NeighbourGraph graph, LinearClassifier[] classifiers, int[] groups) {
    this.graph = graph;
    int[] kept =
        IntStream.range(0, groups.length).filter(c -> groups[c] != NeighbourJoining.NONE).toArray();
    this.classifiers =
        Arrays.stream(kept).mapToObj(c -> classifiers[c]).toArray(LinearClassifier[]::new);
    this.groups = Arrays.stream(kept).map(c -> groups[c]).toArray();
  }

  /**
   * Joins classifiers.
   *
   * @param classifiers of the points of the set
   * @param components that the points lie on
   * @param options which rule joins, and down to how many clusters
   */
  public static JoinedClassifiers of(
      LinearClassifier[] classifiers,
      TrainingSet set,
      PrincipalComponents components,
      SvmOptions options) {
    NeighbourGraph graph = NeighbourGraph.of(set, components, MOST_NODES);
    double[][] distances = distances(classifiers, set, graph.rows());
    BitSet[] positives = SvmClusters.positives(classifiers, set.points());
    ClassifierGroups agreeing = ClassifierGroups.merge(positives, set.points().rows(), options);
    boolean byNeighbours =
        options.joining() == Joining.NEIGHBOURS && options.clusters() != SvmOptions.AUTO;
    int[] groups =
        byNeighbours
            ? NeighbourJoining.groups(graph, distances, options.clusters())
            : agreeing.ofClassifiers();
    JoinedClassifiers joined = new JoinedClassifiers(graph, classifiers, groups);
    joined.judge(
        set, Arrays.stream(distances).mapToInt(d -> NeighbourJoining.nearest(d, groups)).toArray());
    joined.describe(positives, agreeing);
    return joined;
  }

  private static double[][] distances(LinearClassifier[] classifiers, TrainingSet set, int[] rows) {
    double[][] distances = new double[rows.length][classifiers.length];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < classifiers.length; c++) {
        distances[i][c] =
            classifiers[c].distance(set.points().values(), set.points().offset(rows[i]));
      }
    }
    return distances;
  }

  /** Compares the clusters with the initial ones, joined to the same number by the graph. */
  private void judge(TrainingSet set, int[] refined) {
    int count = clusters();
    after = Modularity.of(graph.links(refined, count));
    int[] initial = Arrays.stream(graph.rows()).map(set::cluster).toArray();
    ClusterLinks links = graph.links(initial, set.clusters());
    int[] parts = NeighbourGraph.joined(links, Math.min(count, set.clusters()));
    before = Modularity.of(graph.links(Arrays.stream(initial).map(c -> parts[c]).toArray(), count));
  }

  private void describe(BitSet[] positives, ClassifierGroups agreeing) {
    measures.put("classifiers", positives.length);
    measures.put(
        "classifiers without positive rows",
        Arrays.stream(positives).filter(BitSet::isEmpty).count());
    measures.put("classifiers given up", positives.length - classifiers.length);
    measures.put("clusters", clusters());
    measures.put("agreements", Arrays.toString(agreeing.agreements()));
    measures.put("modularity of the initial clusters, joined", before);
    measures.put("modularity of the refined clusters", after);
  }

  /** A step of training: classifiers of clusters from the clusters of all rows. */
  @FunctionalInterface
  public interface Refit {
    /**
     * Returns a classifier for each cluster.
     *
     * @param labels of all rows of the training set, each cluster with a row
     */
    LinearClassifier[] of(int[] labels, int clusters);
  }

  /**
   * Trains one classifier for each cluster on the cluster's rows, again and again while the
   * modularity rises.
   *
   * @param most times
   */
  public JoinedClassifiers refitted(TrainingSet set, Refit refit, int most) {
    JoinedClassifiers best = this;
    for (int round = 1; round <= most; round++) {
      JoinedClassifiers next = best.next(set, refit);
      if (next == null || next.after <= best.after) {
        break;
      }
      next.measures.putAll(best.measures);
      next.measures.put("refits", round);
      next.measures.put("modularity of the refined clusters", next.after);
      best = next;
    }
    return best;
  }

  private JoinedClassifiers next(TrainingSet set, Refit refit) {
    int[] labels = new int[set.points().rows()];
    Arrays.setAll(labels, row -> nearest(set, row));
    int count = clusters();
    if (Arrays.stream(labels).distinct().count() < count) {
      return null;
    }
    JoinedClassifiers next =
        new JoinedClassifiers(graph, refit.of(labels, count), IntStream.range(0, count).toArray());
    int[] nodes = Arrays.stream(graph.rows()).map(row -> next.nearest(set, row)).toArray();
    next.after = Modularity.of(graph.links(nodes, count));
    next.before = before;
    return next;
  }

  private int nearest(TrainingSet set, int row) {
    double[] distances = new double[classifiers.length];
    Arrays.setAll(
        distances, c -> classifiers[c].distance(set.points().values(), set.points().offset(row)));
    return NeighbourJoining.nearest(distances, groups);
  }

  private int clusters() {
    return Arrays.stream(groups).max().orElseThrow() + 1;
  }

  /** Returns the classifiers that were not given up, not a copy. */
  public LinearClassifier[] classifiers() {
    return classifiers;
  }

  /** Returns the cluster of each of {@link #classifiers}, not a copy. */
  public int[] groups() {
    return groups;
  }

  /**
   * Returns whether neighbours lie together less often, given the clusters' sizes, than in the
   * initial clusters joined to the same number.
   */
  public boolean isWorse() {
    return after < before;
  }

  /** Returns what was measured, by name. */
  public Map<String, Object> measures() {
    return measures;
  }
}
