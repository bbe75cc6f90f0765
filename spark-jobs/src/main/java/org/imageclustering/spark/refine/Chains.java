package org.imageclustering.spark.refine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.refine.Chain;
import org.imageclustering.refine.ClassifierEngine;
import org.imageclustering.refine.Growth;
import org.imageclustering.refine.LinearClassifier;
import org.imageclustering.refine.SvmOptions;
import org.imageclustering.refine.SvmOptions.Engine;
import org.imageclustering.refine.TrainingSet;

/**
 * The clusters' chains side by side: as many threads of the driver as the cluster has slots, each
 * with one chain at a time, which is one Spark task (liblinear) or a sequence of jobs (MLlib).
 */
final class Chains implements AutoCloseable {
  private final SparkSession session;
  private final JavaSparkContext spark;
  private final Broadcast<TrainingRows> rows;
  private final Growth growth;
  private final SvmOptions options;
  private final ExecutorService threads;
  private final String group = "svm-" + UUID.randomUUID();
  private final Map<Integer, Future<LinearClassifier>> running = new TreeMap<>();

  /** Sends the training set to the executors; {@link #close} takes it back. */
  Chains(SparkSession session, TrainingSet set, Growth growth, SvmOptions options) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.rows = spark.broadcast(new TrainingRows(set, options.cost()));
    this.growth = growth;
    this.options = options;
    int slots = spark.defaultParallelism() / spark.getConf().getInt("spark.task.cpus", 1);
    this.threads = Executors.newFixedThreadPool(Math.max(1, slots));
  }

  /**
   * Returns the classifier of a cluster; the first call starts the chains of all given clusters.
   *
   * @param clusters those that are still to be trained, this one among them
   */
  LinearClassifier of(int cluster, int[] clusters) {
    if (running.isEmpty()) {
      for (int each : clusters) {
        running.put(each, threads.submit(() -> trained(each)));
      }
    }
    try {
      return running.get(cluster).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The refinement was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UserException user) {
        throw user;
      }
      throw new IllegalStateException("Cannot train the classifier of cluster " + cluster, e);
    }
  }

  private LinearClassifier trained(int cluster) {
    String description = "SVM: the classifier of cluster " + cluster;
    spark.setJobGroup(group, description, true);
    if (options.engine() == Engine.MLLIB) {
      return new Chain(rows.value().rows(), growth, new MllibEngine(session, rows, options.cost()))
          .run(cluster);
    }
    return inATask(spark, rows, growth, cluster);
  }

  /** Returns a classifier for each cluster, of its rows against all others. */
  LinearClassifier[] refit(int[] labels, int clusters) {
    spark.setJobGroup(group, "SVM: classifiers of all rows", true);
    if (options.engine() == Engine.MLLIB) {
      MllibEngine engine = new MllibEngine(session, rows, options.cost());
      return IntStream.range(0, clusters)
          .mapToObj(cluster -> refit(engine, labels, cluster))
          .toArray(LinearClassifier[]::new);
    }
    return refitInTasks(spark, rows, labels, clusters);
  }

  private static LinearClassifier[] refitInTasks(
      JavaSparkContext spark, Broadcast<TrainingRows> rows, int[] labels, int clusters) {
    List<Integer> each = IntStream.range(0, clusters).boxed().collect(Collectors.toList());
    return spark
        .parallelize(each, clusters)
        .map(cluster -> refit(rows.value().liblinear(), labels, cluster))
        .collect()
        .toArray(new LinearClassifier[0]);
  }

  private static LinearClassifier refit(ClassifierEngine engine, int[] labels, int cluster) {
    boolean[] positive = new boolean[labels.length];
    for (int row = 0; row < labels.length; row++) {
      positive[row] = labels[row] == cluster;
    }
    return engine.train(IntStream.range(0, labels.length).toArray(), positive, null);
  }

  private static LinearClassifier inATask(
      JavaSparkContext spark, Broadcast<TrainingRows> rows, Growth growth, int cluster) {
    int subsets = growth.subsets();
    int least = growth.least();
    int step = growth.step();
    int most = growth.most();
    return spark
        .parallelize(Arrays.asList(cluster), 1)
        .map(
            of ->
                new Chain(
                        rows.value().rows(),
                        new Growth(subsets, least, step, most),
                        rows.value().liblinear())
                    .run(of))
        .collect()
        .get(0);
  }

  /** Ends what is still running, and lets the executors forget the training set. */
  @Override
  public void close() {
    if (running.values().stream().anyMatch(chain -> !chain.isDone())) {
      threads.shutdownNow();
      spark.sc().cancelJobGroup(group);
    }
    threads.shutdown();
    rows.destroy();
  }
}
