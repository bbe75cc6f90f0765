package org.imageclustering.spark.adaptive;

import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.Config;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.training.AssignedBlock;
import org.imageclustering.spark.training.Natives;
import org.imageclustering.spark.training.NetworkState;
import org.imageclustering.spark.training.NetworkState.UpdaterState;
import org.imageclustering.spark.training.Trainer;
import org.imageclustering.spark.training.TrainingImages;
import org.imageclustering.spark.training.TrainingOptions;

/**
 * Measures how many images a second one worker takes through the configured network, first on the
 * reconstruction alone, then with pairs.
 */
public final class AdaptiveBenchmark {
  private static final int EPOCHS = 3;

  private AdaptiveBenchmark() {}

  /**
   * Trains for some epochs, and prints a line for each; the first starts from a cold virtual
   * machine.
   *
   * @param images id long, pixels binary
   * @param shape of every image
   * @param config resolved, with the number of clusters
   */
  public static void run(
      JavaSparkContext spark, Dataset<Row> images, MapShape shape, Config config, PrintStream out) {
    Natives.require();
    TrainingOptions training = TrainingOptions.of(config);
    AdaptiveOptions options = AdaptiveOptions.of(config);
    AdaptiveGraph graph = new AdaptiveGraph(AdaptiveNetwork.of(config, shape), options);
    NetworkState state = NetworkState.initial(graph.reconstruction());
    try (TrainingImages laidOut = TrainingImages.of(images, 1, training.seed())) {
      for (int epoch = 1; epoch <= 2 * EPOCHS; epoch++) {
        boolean pairs = epoch > EPOCHS;
        state =
            state.under(
                pairs ? graph.pairs(0, 1, false) : graph.reconstruction(), UpdaterState.KEPT);
        PairBatches batches =
            new PairBatches(
                training.batch(), Changes.of(options.changes(), shape), pairs, training.seed());
        long start = System.nanoTime();
        long cpuStart = cpuNanos();
        state =
            new Trainer<>(spark, training, batches)
                .epoch(
                    state, laidOut.blocks().map(AssignedBlock::unassigned), epoch, laidOut.count())
                .state();
        double rate = 1e9 * laidOut.count() / (System.nanoTime() - start);
        double cpuRate = 1e9 * laidOut.count() / (cpuNanos() - cpuStart);
        out.println(
            String.format(
                Locale.ROOT,
                "ours dac %s epoch %d %.0f images/s on %d threads, %.0f images/CPU-s",
                pairs ? "pairs" : "reconstruction",
                pairs ? epoch - EPOCHS : epoch,
                rate,
                Runtime.getRuntime().availableProcessors(),
                cpuRate));
      }
    }
  }

  /** Returns the time that all cores have spent on this process. */
  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
