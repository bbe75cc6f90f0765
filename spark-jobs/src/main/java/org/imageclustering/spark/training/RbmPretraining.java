package org.imageclustering.spark.training;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.imageclustering.rbm.BoltzmannMachine;
import org.imageclustering.spark.session.StageStore;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Starts a dense autoencoder from a stack of restricted Boltzmann machines (AEC, section 3.1;
 * Hinton and Salakhutdinov 2006): each machine learns what the one below makes of the images, the
 * encoder takes its weights and hidden biases, the decoder the transposed weights and the visible
 * biases. On several workers each takes the machine through its own images, and their mean goes on.
 */
public final class RbmPretraining {
  private final AutoencoderGraph graph;
  private final RbmOptions options;
  private final StageStore stages;

  /** A pre-training of the dense layers of this network. */
  public RbmPretraining(AutoencoderGraph graph, RbmOptions options, StageStore stages) {
    this.graph = graph;
    this.options = options;
    this.stages = stages;
  }

  /** Returns the network with pre-trained weights. */
  public NetworkState apply(NetworkState state, TrainingImages images) {
    ComputationGraph network = state.network();
    List<BoltzmannMachine> stack = new ArrayList<>();
    int layers = graph.depth();
    for (int layer = 0; layer < layers; layer++) {
      INDArray weights = network.getLayer(graph.encoderLayer(layer)).getParam("W");
      BoltzmannMachine machine =
          new BoltzmannMachine(
              (int) weights.size(0), (int) weights.size(1), options.seed() + layer);
      for (int epoch = 1; epoch <= options.epochs(); epoch++) {
        machine = epoch(images.blocks(), stack, machine, layer * options.epochs() + epoch);
      }
      stack.add(machine);
      set(network, graph.encoderLayer(layer), machine.weights(), machine.hiddenBias());
      INDArray transposed = matrix(machine.weights(), weights.shape()).transpose().dup('c');
      set(
          network,
          graph.decoderLayer(layers - 1 - layer),
          transposed.data().asFloat(),
          machine.visibleBias());
    }
    return new NetworkState(
        state.configuration(), NetworkState.of(network).parameters(), new float[0]);
  }

  private BoltzmannMachine epoch(
      JavaRDD<ImageBlock> blocks, List<BoltzmannMachine> below, BoltzmannMachine start, int epoch) {
    List<Result> results;
    try (Sent sent = new Sent(JavaSparkContext.fromSparkContext(blocks.context()))) {
      Broadcast<Worker> worker = sent.send(new Worker(below, start, options, epoch));
      results = blocks.mapPartitions(images -> worker.value().run(images)).collect();
    }
    double error = results.stream().mapToDouble(Result::error).average().orElse(Double.NaN);
    stages.measure("pre-training", "squared error, pass " + epoch, error);
    return BoltzmannMachine.mean(results.stream().map(Result::machine).toList());
  }

  private static void set(ComputationGraph network, String layer, float[] weights, float[] bias) {
    INDArray w = network.getLayer(layer).getParam("W");
    w.assign(matrix(weights, w.shape()));
    INDArray b = network.getLayer(layer).getParam("b");
    b.assign(matrix(bias, b.shape()));
  }

  private static INDArray matrix(float[] values, long... shape) {
    return Nd4j.createFromArray(values).reshape('c', shape);
  }

  /** One worker's machine after its images, and the mean error of its reconstructions. */
  private static final class Result implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    private final BoltzmannMachine machine;
    private final double error;

    Result(BoltzmannMachine machine, double error) {
      this.machine = machine;
      this.error = error;
    }

    BoltzmannMachine machine() {
      return machine;
    }

    double error() {
      return error;
    }
  }

  /** One pass of one worker over its images. */
  private static final class Worker implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    private final BoltzmannMachine[] below;
    private final BoltzmannMachine start;
    private final int batch;
    private final double[] step;
    private final long seed;

    Worker(List<BoltzmannMachine> below, BoltzmannMachine start, RbmOptions options, int epoch) {
      this.below = below.toArray(BoltzmannMachine[]::new);
      this.start = start;
      this.batch = options.batch();
      this.step =
          new double[] {options.step().rate(), options.step().momentum(), options.step().decay()};
      this.seed = TrainingImages.mix(epoch, options.seed());
    }

    Iterator<Result> run(Iterator<ImageBlock> blocks) {
      BoltzmannMachine machine = start.copy();
      BoltzmannMachine.Step how = new BoltzmannMachine.Step(step[0], step[1], step[2]);
      SplittableRandom random = new SplittableRandom(seed);
      double error = 0;
      long count = 0;
      while (blocks.hasNext()) {
        ImageBlock block = blocks.next();
        for (int from = 0; from < block.size(); from += batch) {
          int size = Math.min(batch, block.size() - from);
          error += size * machine.learnInPlace(rows(block, from, size), size, how, random);
          count += size;
        }
      }
      return count == 0
          ? java.util.Collections.emptyIterator()
          : List.of(new Result(machine, error / count)).iterator();
    }

    private float[] rows(ImageBlock block, int from, int size) {
      float[] rows = new float[size * block.pixelCount()];
      for (int i = 0; i < size; i++) {
        block.write(from + i, rows, i * block.pixelCount());
      }
      for (BoltzmannMachine machine : below) {
        rows = machine.hiddenProbabilities(rows, size);
      }
      return rows;
    }
  }
}
