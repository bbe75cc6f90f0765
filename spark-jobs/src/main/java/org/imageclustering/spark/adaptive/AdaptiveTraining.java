package org.imageclustering.spark.adaptive;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.imageclustering.UserException;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.training.AssignedBlock;
import org.imageclustering.spark.training.Checkpoint;
import org.imageclustering.spark.training.ClustersById;
import org.imageclustering.spark.training.CodeBlock;
import org.imageclustering.spark.training.EpochChain;
import org.imageclustering.spark.training.FirstClusters;
import org.imageclustering.spark.training.History;
import org.imageclustering.spark.training.ImageBlock;
import org.imageclustering.spark.training.LearningCurve;
import org.imageclustering.spark.training.Natives;
import org.imageclustering.spark.training.NetworkState;
import org.imageclustering.spark.training.NetworkState.UpdaterState;
import org.imageclustering.spark.training.Sent;
import org.imageclustering.spark.training.TrainedEpoch;
import org.imageclustering.spark.training.Trainer;
import org.imageclustering.spark.training.TrainingImages;
import org.imageclustering.spark.training.TrainingOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Algorithm 1 of AE + DAC:
 *
 * <ol>
 *   <li>epochs on the reconstruction alone, L_r;
 *   <li>by option, epochs in which clusters of the codes label the pairs;
 *   <li>epochs on {@code alpha L_r + beta L_c}, the network labelling the pairs by its own outputs
 *       and the thresholds u and l, which xi moves towards each other after each epoch.
 * </ol>
 *
 * <p>A checkpoint after every {@code checkpoint-epochs} is a stage of its own, so that a run that
 * was stopped goes on from there. The driver holds the parameters and the updater's state, and, as
 * every executor, the first clusters, 12 bytes an image.
 */
final class AdaptiveTraining {
  private static final Logger LOG = LoggerFactory.getLogger(AdaptiveTraining.class);
  static final String STAGE = "training";
  private final SparkSession session;
  private final JavaSparkContext spark;
  private final AdaptiveGraph graph;
  private final AdaptiveOptions options;
  private final TrainingOptions training;
  private final StageStore stages;
  private Supplier<Dataset<Row>> vectors;
  private Broadcast<ClustersById> first;

  AdaptiveTraining(
      SparkSession session,
      AdaptiveGraph graph,
      AdaptiveOptions options,
      TrainingOptions training,
      StageStore stages) {
    this.session = session;
    this.spark = new JavaSparkContext(session.sparkContext());
    this.graph = graph;
    this.options = options;
    this.training = training;
    this.stages = stages;
  }

  /** Has the first clusters made of these vectors (id, features) by the spectral step. */
  AdaptiveTraining withFirst(Supplier<Dataset<Row>> described) {
    this.vectors = described;
    return this;
  }

  /**
   * What a training leaves.
   *
   * @param state the network, in the configuration for reconstruction
   * @param curve what was measured after each epoch
   * @param history the clusters after each epoch
   */
  record Trained(NetworkState state, LearningCurve curve, Dataset<Row> history) {}

  /**
   * Trains.
   *
   * @param images id long, pixels binary
   * @throws UserException if all images end up in one cluster, or the loss is not a number
   */
  Trained run(Dataset<Row> images) {
    Natives.require();
    try (TrainingImages laidOut = TrainingImages.of(images, training, stages)) {
      EpochChain chain = new EpochChain(session, stages, STAGE);
      Checkpoint end =
          chain.run(
              EpochChain.ends(options.totalEpochs(), training.checkpointEpochs()),
              new Start(),
              (start, until, history) -> new Pass(laidOut, start, history).until(until),
              () -> new History(session, laidOut.count(), options.totalEpochs(), training.seed()));
      stages.measure(STAGE, "epochs", end.epoch());
      NetworkState state = end.state().under(graph.reconstruction(), UpdaterState.ANEW);
      return new Trained(state, end.curve(), chain.history());
    } finally {
      if (first != null) {
        first.destroy();
        first = null;
      }
    }
  }

  /** A network with random parameters. */
  private final class Start implements EpochChain.Beginning {
    @Override
    public ComputationGraphConfiguration configuration() {
      return graph.reconstruction();
    }

    @Override
    public LearningCurve curve() {
      return new LearningCurve(EpochFigures.NAMES);
    }

    @Override
    public Checkpoint checkpoint() {
      return new Checkpoint(NetworkState.initial(configuration()), null, 0, false, curve());
    }
  }

  /** The epochs of one stage. */
  private final class Pass {
    private final TrainingImages images;
    private final History history;
    private final LearningCurve curve;
    private NetworkState state;
    private JavaRDD<CodeBlock> assigned;
    private int epoch;

    Pass(TrainingImages images, Checkpoint start, History history) {
      this.images = images;
      this.history = history;
      this.state = start.state();
      this.epoch = start.epoch();
      this.curve = start.curve();
    }

    Checkpoint until(int end) {
      if (epoch > options.warmUpEpochs()) {
        assigned = keep(outputs());
      }
      while (epoch < end) {
        epoch++;
        if (epoch <= options.warmUpEpochs()) {
          warmUp();
        } else {
          together();
        }
      }
      release(assigned);
      return new Checkpoint(state, null, epoch, false, curve);
    }

    private void warmUp() {
      long start = System.nanoTime();
      state = state.under(graph.reconstruction(), UpdaterState.KEPT);
      double loss = epoch(false, images.blocks().map(AssignedBlock::unassigned));
      record(loss, 0, null, start);
    }

    private void together() {
      boolean isFirst = epoch <= options.pairsFrom();
      boolean isAgreeing = !isFirst && options.isAgreeing();
      JavaRDD<AssignedBlock> rows =
          isFirst || isAgreeing ? firstPairs() : images.blocks().map(AssignedBlock::unassigned);
      long start = System.nanoTime();
      int own = Math.max(1, epoch - options.pairsFrom());
      double xi = options.thresholds().xi(own);
      state = state.under(graph.pairs(xi, options.rate(own), isAgreeing), UpdaterState.KEPT);
      double loss = epoch(true, rows);
      JavaRDD<CodeBlock> now = keep(outputs());
      PairFacts facts =
          PairFacts.of(assigned == null ? now : assigned, now, options.clusters(), loss(xi));
      history.add(epoch, now, history.codes(epoch, images.blocks(), this::codes));
      release(assigned);
      assigned = now;
      record(loss, xi, facts, start);
      requireSeveralClusters(facts);
      if (isFirst && epoch == options.pairsFrom()) {
        LearnedShare.measure(first, now, options.clusters(), stages);
      }
    }

    private double epoch(boolean pairs, JavaRDD<AssignedBlock> rows) {
      Changes changes = Changes.of(options.changes(), graph.network().shapes().get(0));
      PairBatches batches = new PairBatches(training.batch(), changes, pairs, training.seed());
      TrainedEpoch trained =
          new Trainer<>(spark, training, batches).epoch(state, rows, epoch, images.count());
      state = trained.state();
      return trained.loss();
    }

    private JavaRDD<AssignedBlock> firstPairs() {
      if (first == null) {
        first = spark.broadcast(firstClusters());
      }
      Broadcast<ClustersById> clusters = first;
      return images
          .blocks()
          .map(block -> new AssignedBlock(block, clusters.value().of(block.ids())));
    }

    private ClustersById firstClusters() {
      FirstClusters clusters =
          new FirstClusters(session, options.first().orElseThrow(), training.seed());
      return vectors == null
          ? clusters.ofCodes(codes(history.sent(), images.blocks()), stages, history.sent())
          : clusters.ofVectors(vectors, stages);
    }

    private PairLoss loss(double xi) {
      AdaptiveOptions.Thresholds thresholds = options.thresholds();
      return new PairLoss(thresholds.u(xi), thresholds.l(xi), 1, true, false);
    }

    private JavaRDD<CodeBlock> outputs() {
      return outputs(history.sent(), images.blocks(), AdaptiveGraph.VALUES);
    }

    private JavaRDD<CodeBlock> codes(Sent sent, JavaRDD<ImageBlock> blocks) {
      return outputs(sent, blocks, AdaptiveGraph.CODE);
    }

    private JavaRDD<CodeBlock> outputs(Sent sent, JavaRDD<ImageBlock> blocks, String vertex) {
      NetworkState applied = state.under(graph.reconstruction(), UpdaterState.ANEW);
      return NetworkOutputs.of(sent, blocks, applied, vertex);
    }

    private void record(double loss, double xi, PairFacts facts, long start) {
      double seconds = (System.nanoTime() - start) / 1e9;
      float[] figures = EpochFigures.of(epoch, options, loss, xi, facts, seconds);
      curve.addRow(figures);
      String text = EpochFigures.text(figures, facts);
      LOG.info("{}", text);
      stages.measure(STAGE, "epoch " + epoch, text);
    }

    private void requireSeveralClusters(PairFacts facts) {
      if (facts.largestShare() < options.largestShare() || options.largestShare() == 1) {
        return;
      }
      String cause =
          options.negatives()
              ? "raise dac.alpha, lower dac.beta or dac.rate, start from first-clusters = spectral"
              : "with dac.pairs = positives (Eq. 4 to the letter) no pair is ever trained as different, and one cluster for all is the least of the loss: set dac.pairs = both";
      throw new UserException(
          "Cannot go on training: found %.1f %% of the images in one cluster after epoch %d, expected less than %.1f %%: %s; or set dac.largest-share = 1 to let it go on"
              .formatted(100 * facts.largestShare(), epoch, 100 * options.largestShare(), cause));
    }

    private JavaRDD<CodeBlock> keep(JavaRDD<CodeBlock> codes) {
      return codes.persist(StorageLevel.MEMORY_AND_DISK());
    }

    private void release(JavaRDD<CodeBlock> codes) {
      if (codes != null) {
        codes.unpersist();
      }
    }
  }
}
