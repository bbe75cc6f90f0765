package org.imageclustering.spark.graph;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search of all indexed points among themselves as one Spark job: the index is broadcast, a
 * task searches one range of points. The neighbours of a point do not depend on its range, so the
 * result is the same for any number of tasks; a task holds nothing that losing it would lose.
 */
public final class DistributedNeighbours {
  private static final Logger LOG = LoggerFactory.getLogger(DistributedNeighbours.class);
  private static final int TASKS_PER_CORE = 4;
  private static final int LEAST_POINTS_PER_TASK = 4096;
  private static final String DESCRIPTION = "spark.job.description";

  private DistributedNeighbours() {}

  /**
   * Returns the k nearest other points of every indexed point, in some tasks a core.
   *
   * @see #search(JavaSparkContext, NeighbourIndex, int, int)
   */
  public static Neighbours search(JavaSparkContext spark, NeighbourIndex index, int k) {
    int enough = (index.points().rows() - 1) / LEAST_POINTS_PER_TASK + 1;
    int tasks = Math.min(enough, TASKS_PER_CORE * spark.defaultParallelism());
    return search(spark, index, k, Math.max(1, tasks));
  }

  /**
   * Returns the k nearest other points of every indexed point. The index travels once to every
   * executor ({@code n d 4} bytes); {@code n k 8} bytes reach the driver.
   *
   * @param k at least 1
   * @param tasks the number of Spark tasks, at least 1
   */
  public static Neighbours search(JavaSparkContext spark, NeighbourIndex index, int k, int tasks) {
    int n = index.points().rows();
    LOG.info("Neighbours: search of {} points for {} each starts in {} tasks", n, k, tasks);
    long start = System.nanoTime();
    String before = spark.getLocalProperty(DESCRIPTION);
    Broadcast<NeighbourIndex> sent = spark.broadcast(index);
    try {
      spark.setLocalProperty(DESCRIPTION, "Neighbours: " + k + " nearest of " + n + " points");
      Neighbours found = joined(parts(spark, sent, n, k, tasks), n, k);
      LOG.info(
          "Neighbours: search ends after {} s",
          String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 1e9));
      return found;
    } finally {
      spark.setLocalProperty(DESCRIPTION, before);
      sent.destroy();
    }
  }

  private static List<Neighbours> parts(
      JavaSparkContext spark, Broadcast<NeighbourIndex> sent, int n, int k, int tasks) {
    List<Integer> ranges = IntStream.range(0, tasks).boxed().collect(Collectors.toList());
    return spark
        .parallelize(ranges, tasks)
        .map(
            range -> sent.value().searchSelf(bound(range, n, tasks), bound(range + 1, n, tasks), k))
        .collect();
  }

  private static int bound(int range, int n, int tasks) {
    return (int) ((long) n * range / tasks);
  }

  private static Neighbours joined(List<Neighbours> parts, int n, int k) {
    int[] ids = new int[Math.multiplyExact(n, k)];
    float[] distances = new float[ids.length];
    int at = 0;
    for (Neighbours part : parts) {
      System.arraycopy(part.ids(), 0, ids, at, part.ids().length);
      System.arraycopy(part.distances(), 0, distances, at, part.ids().length);
      at += part.ids().length;
    }
    return new Neighbours(n, k, ids, distances);
  }
}
