package org.imageclustering.refine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.imageclustering.criterion.ClusterLinks;
import org.imageclustering.criterion.Modularity;
import org.imageclustering.linalg.FloatMatrix;

/**
 * Which classifiers stand for one cluster (Algorithm 2, line 13), and what a graph of neighbours
 * says of the clusters before and after the refinement.
 */
public final class JoinedClassifiers {
  /** Nodes of the graph: its search takes some seconds of one core. */
  private static final int MOST_NODES = 20_000;

  private final NeighbourGraph graph;
  private final TrainingSet set;

  /** The initial clusters, joined by the graph to the same number. */
  private final Partition initial;

  private final LinearClassifier[] classifiers;
  private final int[] groups;
  private final Partition refined;
  private final Map<String, Object> measures;

  private JoinedClassifiers(
      NeighbourGraph graph,
      TrainingSet set,
      Partition initial,
      LinearClassifier[] classifiers,
      int[] groups,
      Partition refined,
      Map<String, Object> measures) {
    this.graph = graph;
    this.set = set;
    this.initial = initial;
    this.classifiers = classifiers;
    this.groups = groups;
    this.refined = refined;
    this.measures = measures;
  }

  /** Clusters of all rows of the training set, and what the graph of neighbours says of them. */
  private static final class Partition {
    final int[] labels;
    final int clusters;
    final double modularity;

    private Partition(int[] labels, int clusters, double modularity) {
      this.labels = labels;
      this.clusters = clusters;
      this.modularity = modularity;
    }

    static Partition of(NeighbourGraph graph, int[] labels, int clusters) {
      int[] nodes = Arrays.stream(graph.rows()).map(row -> labels[row]).toArray();
      return new Partition(labels, clusters, Modularity.of(graph.links(nodes, clusters)));
    }

    /** Returns the clusters of classifiers: a row belongs to the one farthest inside of which. */
    static Partition of(NeighbourGraph graph, double[][] distances, int[] groups) {
      int[] labels =
          Arrays.stream(distances).mapToInt(d -> NeighbourJoining.nearest(d, groups)).toArray();
      return of(graph, labels, Arrays.stream(groups).max().orElseThrow() + 1);
    }

    boolean hasEmptyCluster() {
      return Arrays.stream(labels).distinct().count() < clusters;
    }
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
    double[][] distances = distances(classifiers, set.points());
    BitSet[] positives = positives(distances, classifiers.length);
    ClassifierGroups agreeing = ClassifierGroups.merge(positives, distances.length, options);
    boolean byNeighbours =
        options.joining() == Joining.NEIGHBOURS && options.clusters() != SvmOptions.AUTO;
    int[] groups =
        byNeighbours
            ? NeighbourJoining.groups(graph, ofNodes(graph, distances), options.clusters())
            : agreeing.ofClassifiers();
    Partition refined = Partition.of(graph, distances, groups);
    int[] kept =
        IntStream.range(0, groups.length).filter(c -> groups[c] != NeighbourJoining.NONE).toArray();
    Map<String, Object> measures = new LinkedHashMap<>();
    measures.put("classifiers", positives.length);
    measures.put(
        "classifiers without positive rows",
        Arrays.stream(positives).filter(BitSet::isEmpty).count());
    measures.put("classifiers given up", positives.length - kept.length);
    measures.put("clusters", refined.clusters);
    measures.put("agreements", Arrays.toString(agreeing.agreements()));
    return new JoinedClassifiers(
        graph,
        set,
        initial(graph, set, refined.clusters),
        Arrays.stream(kept).mapToObj(c -> classifiers[c]).toArray(LinearClassifier[]::new),
        Arrays.stream(kept).map(c -> groups[c]).toArray(),
        refined,
        measures);
  }

  private static double[][] distances(LinearClassifier[] classifiers, FloatMatrix points) {
    double[][] distances = new double[points.rows()][classifiers.length];
    for (int row = 0; row < distances.length; row++) {
      for (int c = 0; c < classifiers.length; c++) {
        distances[row][c] = classifiers[c].distance(points.values(), points.offset(row));
      }
    }
    return distances;
  }

  private static double[][] ofNodes(NeighbourGraph graph, double[][] distances) {
    return Arrays.stream(graph.rows()).mapToObj(row -> distances[row]).toArray(double[][]::new);
  }

  private static BitSet[] positives(double[][] distances, int classifiers) {
    BitSet[] positives = new BitSet[classifiers];
    for (int c = 0; c < classifiers; c++) {
      positives[c] = new BitSet(distances.length);
      for (int row = 0; row < distances.length; row++) {
        positives[c].set(row, distances[row][c] > 0);
      }
    }
    return positives;
  }

  private static Partition initial(NeighbourGraph graph, TrainingSet set, int count) {
    int[] nodes = Arrays.stream(graph.rows()).map(set::cluster).toArray();
    ClusterLinks links = graph.links(nodes, set.clusters());
    int[] parts = NeighbourGraph.joined(links, Math.min(count, set.clusters()));
    int[] labels =
        IntStream.range(0, set.points().rows()).map(row -> parts[set.cluster(row)]).toArray();
    return Partition.of(graph, labels, count);
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
   * modularity rises: once from these clusters, once from the initial ones, and once from the
   * spectral clusters of the graph where all rows are its nodes. Whichever ends highest stays.
   *
   * @param most times; with 0 nothing is trained
   * @param seed of the spectral clusters
   */
  public JoinedClassifiers refitted(Refit refit, int most, long seed) {
    if (most == 0) {
      return this;
    }
    JoinedClassifiers best = risen(refit, 0, most);
    Map<String, Object> ends = new LinkedHashMap<>();
    ends.put("modularity after refits of the joined classifiers", best.refined.modularity);
    for (Map.Entry<String, Partition> start : starts(seed).entrySet()) {
      JoinedClassifiers end = trained(start.getValue(), refit, 1).risen(refit, 1, most);
      ends.put("modularity after refits of the " + start.getKey(), end.refined.modularity);
      best = end.refined.modularity > best.refined.modularity ? end : best;
    }
    return best.with(ends);
  }

  /** Returns the clusters that refits may begin with beside those of the joined classifiers. */
  private Map<String, Partition> starts(long seed) {
    Map<String, Partition> starts = new LinkedHashMap<>();
    starts.put("initial clusters", initial);
    int[] rows = graph.rows();
    if (rows.length == set.points().rows() && refined.clusters >= 2) {
      int[] nodes = graph.spectralClusters(refined.clusters, seed);
      int[] labels = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        labels[rows[i]] = nodes[i];
      }
      starts.put("spectral clusters", Partition.of(graph, labels, refined.clusters));
    }
    starts.values().removeIf(Partition::hasEmptyCluster);
    return starts;
  }

  private JoinedClassifiers with(Map<String, Object> facts) {
    Map<String, Object> all = new LinkedHashMap<>(measures);
    all.putAll(facts);
    return new JoinedClassifiers(graph, set, initial, classifiers, groups, refined, all);
  }

  private JoinedClassifiers risen(Refit refit, int done, int most) {
    JoinedClassifiers best = this;
    for (int round = done + 1; round <= most && !best.refined.hasEmptyCluster(); round++) {
      JoinedClassifiers next = trained(best.refined, refit, round);
      if (next.refined.modularity <= best.refined.modularity) {
        break;
      }
      best = next;
    }
    return best;
  }

  private JoinedClassifiers trained(Partition clusters, Refit refit, int round) {
    LinearClassifier[] each = refit.of(clusters.labels, clusters.clusters);
    int[] own = IntStream.range(0, each.length).toArray();
    Map<String, Object> facts = new LinkedHashMap<>(measures);
    facts.put("refits", round);
    Partition next = Partition.of(graph, distances(each, set.points()), own);
    return new JoinedClassifiers(graph, set, initial, each, own, next, facts);
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
    return refined.modularity < initial.modularity;
  }

  /** Returns what was measured, by name. */
  public Map<String, Object> measures() {
    Map<String, Object> all = new LinkedHashMap<>(measures);
    all.put("modularity of the initial clusters, joined", initial.modularity);
    all.put("modularity of the refined clusters", refined.modularity);
    return all;
  }
}
