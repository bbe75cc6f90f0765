package org.imageclustering.spark.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.Padding;
import org.imageclustering.spark.training.AutoencoderGraph;
import org.imageclustering.spark.training.AutoencoderGraph.Loss;
import org.imageclustering.spark.training.AutoencoderGraph.Recipe;
import org.imageclustering.spark.training.AutoencoderGraph.Start;
import org.imageclustering.spark.training.AutoencoderGraph.Updater;
import org.imageclustering.spark.training.Natives;
import org.imageclustering.spark.training.NetworkState;
import org.imageclustering.spark.training.ReconstructionTrainer;
import org.imageclustering.spark.training.TrainedEpoch;
import org.imageclustering.spark.training.TrainingImages;
import org.imageclustering.spark.training.TrainingOptions;
import org.imageclustering.spark.training.WinnerTakeAllGraph;
import org.imageclustering.spark.training.WinnerTakeAllOptions;
import org.imageclustering.spark.training.layer.Convolution;
import org.imageclustering.spark.training.layer.Deconvolution;
import org.nd4j.linalg.activations.Activation;

/**
 * Measures how many images a second the trainer takes through the papers' three networks, by one
 * worker, on the reconstruction alone: AEC (1000-250-50-10), DCAE (9x9x8, 9x9x4, 250, 10) and the
 * winner-take-all autoencoder (5x5x64, 5x5x64, 11x11).
 */
public final class TrainingBenchmark {
  private static final int EPOCHS = 4;
  private static final int BATCH = 100;
  private static final long SEED = 1;

  private TrainingBenchmark() {}

  /**
   * Trains each network for some epochs, and prints a line for each: the first starts from a cold
   * virtual machine.
   *
   * @param images id long, pixels binary
   * @param shape of every image: square, at least 17 pixels high
   */
  public static void run(
      JavaSparkContext spark, Dataset<Row> images, MapShape shape, PrintStream out) {
    Natives.require();
    TrainingOptions options = new TrainingOptions(BATCH, 1, 1, 0, 0, 0, SEED);
    try (TrainingImages laidOut = TrainingImages.of(images, 1, SEED)) {
      networks(shape)
          .forEach(
              (name, network) -> {
                ReconstructionTrainer trainer =
                    new ReconstructionTrainer(
                        spark, options, laidOut, shape.length(), network.codeLength());
                NetworkState state = NetworkState.initial(network.configuration());
                for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                  long start = System.nanoTime();
                  long cpuStart = cpuNanos();
                  TrainedEpoch trained = trainer.epoch(state, epoch);
                  double rate = 1e9 * laidOut.count() / (System.nanoTime() - start);
                  double cpuRate = 1e9 * laidOut.count() / (cpuNanos() - cpuStart);
                  state = trained.state();
                  double error = trained.loss() / shape.length();
                  out.println(line(name, epoch, error, rate, cpuRate));
                }
              });
    }
  }

  /** Returns the time that all cores have spent on this process. */
  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static String line(String name, int epoch, double error, double rate, double cpuRate) {
    return String.format(
        Locale.ROOT,
        "ours %s epoch %d mse %.5f %.0f images/s on %d threads, %.0f images/CPU-s",
        name,
        epoch,
        error,
        rate,
        Runtime.getRuntime().availableProcessors(),
        cpuRate);
  }

  /**
   * A network to measure.
   *
   * @param codeLength of an output for the code, 0 where it has none
   */
  private record Network(ComputationGraphConfiguration configuration, int codeLength) {}

  private static Map<String, Network> networks(MapShape image) {
    Map<String, Network> networks = new LinkedHashMap<>();
    networks.put("dense", network(dense(image.length())));
    networks.put("dcae", network(convolutional(image)));
    WinnerTakeAllOptions winners =
        new WinnerTakeAllOptions(
            List.of(64, 64), List.of(5, 5), 11, 0.05, EPOCHS, 0, 0, 0, 1e-3, 1e-3, SEED);
    networks.put("wta", new Network(new WinnerTakeAllGraph(winners, image).configuration(1), 0));
    return networks;
  }

  private static Network network(AutoencoderGraph graph) {
    return new Network(graph.configuration(0, 1), graph.codeLength());
  }

  private static AutoencoderGraph dense(int pixels) {
    Activation linear = Activation.IDENTITY;
    return new AutoencoderGraph(
        List.of(
            Convolution.dense(pixels, 1000, Activation.RELU).withoutInputGradient(),
            Convolution.dense(1000, 250, Activation.RELU),
            Convolution.dense(250, 50, Activation.RELU),
            Convolution.dense(50, 10, linear)),
        List.of(
            Convolution.dense(10, 50, Activation.RELU),
            Convolution.dense(50, 250, Activation.RELU),
            Convolution.dense(250, 1000, Activation.RELU),
            Convolution.dense(1000, pixels, linear)),
        recipe());
  }

  private static AutoencoderGraph convolutional(MapShape image) {
    Convolution first = Convolution.of(image, 8, 9, 1, Padding.NONE, Activation.RELU);
    Convolution second = Convolution.of(first.output(), 4, 9, 1, Padding.NONE, Activation.RELU);
    MapShape small = new MapShape(12, 12, 4);
    MapShape large = new MapShape(image.height(), image.width(), 4);
    int kernel = image.height() - 11;
    return new AutoencoderGraph(
        List.of(
            first.withoutInputGradient(),
            second,
            Convolution.dense(second.output().length(), 250, Activation.RELU),
            Convolution.dense(250, 10, Activation.IDENTITY)),
        List.of(
            Convolution.dense(10, 250, Activation.RELU),
            Deconvolution.to(small, 250, 12, 1, Padding.NONE, Activation.RELU),
            Deconvolution.to(large, 4, kernel, 1, Padding.NONE, Activation.RELU),
            Convolution.of(large, image.channels(), 1, 1, Padding.NONE, Activation.IDENTITY)),
        recipe());
  }

  private static Recipe recipe() {
    return new Recipe(Loss.SQUARED_ERROR, Updater.ADAM, 1e-3, 0, Start.UNIFORM, SEED);
  }
}
