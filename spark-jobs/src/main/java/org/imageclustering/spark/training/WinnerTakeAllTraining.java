package org.imageclustering.spark.training;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.training.NetworkState.UpdaterState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns a winner-take-all autoencoder (section V): epochs with leaky rectifiers, then with true
 * ones, the rate of learning falling all the way.
 *
 * <p>A checkpoint after every {@code checkpoint-epochs} is a stage of its own, so that a run that
 * was stopped goes on from there. The driver holds the parameters and the updater's state.
 */
public final class WinnerTakeAllTraining {
  private static final Logger LOG = LoggerFactory.getLogger(WinnerTakeAllTraining.class);
  private static final String STAGE = "training";

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final WinnerTakeAllGraph graph;
  private final TrainingOptions training;
  private final WinnerTakeAllOptions options;
  private final StageStore stages;

  /** A training of this network. */
  public WinnerTakeAllTraining(
      SparkSession session,
      WinnerTakeAllGraph graph,
      TrainingOptions training,
      WinnerTakeAllOptions options,
      StageStore stages) {
    this.session = session;
    this.spark = new JavaSparkContext(session.sparkContext());
    this.graph = graph;
    this.training = training;
    this.options = options;
    this.stages = stages;
  }

  /**
   * Trains.
   *
   * @param images id long, pixels binary
   * @throws org.imageclustering.UserException if the loss is no longer a number
   */
  public TrainedNetwork run(Dataset<Row> images) {
    Natives.require();
    try (TrainingImages laidOut = TrainingImages.of(images, training, stages)) {
      return scheduled(laidOut.count()).trained(laidOut);
    }
  }

  /** Returns the training with as many epochs as so many images take. */
  private WinnerTakeAllTraining scheduled(long images) {
    WinnerTakeAllOptions scheduled = options.forImages(images, training);
    return new WinnerTakeAllTraining(session, graph.with(scheduled), training, scheduled, stages);
  }

  private TrainedNetwork trained(TrainingImages images) {
    Checkpoint end =
        new CheckpointChain(session, stages, STAGE)
            .run(
                CheckpointChain.ends(options.epochs(), training.checkpointEpochs()),
                table -> CheckpointChain.read(table, graph.finished(), new LearningCurve()),
                this::start,
                (from, until) -> epochs(images, from, until));
    NetworkState finished = end.state().under(graph.finished(), UpdaterState.KEPT);
    return new TrainedNetwork(finished.withoutUpdater(), end.curve());
  }

  private Checkpoint start() {
    NetworkState state = NetworkState.initial(graph.configuration(1));
    return new Checkpoint(state, null, 0, false, new LearningCurve());
  }

  private Checkpoint epochs(TrainingImages images, Checkpoint from, int until) {
    ReconstructionTrainer trainer =
        new ReconstructionTrainer(spark, training, images, graph.imageLength(), 0);
    NetworkState state = from.state();
    for (int epoch = from.epoch() + 1; epoch <= until; epoch++) {
      long start = System.nanoTime();
      TrainedEpoch trained =
          trainer.epoch(state.under(graph.configuration(epoch), UpdaterState.KEPT), epoch);
      state = trained.state();
      record(from.curve(), epoch, trained.loss(), (System.nanoTime() - start) / 1e9);
    }
    return new Checkpoint(state, null, until, false, from.curve());
  }

  private void record(LearningCurve curve, int epoch, double loss, double seconds) {
    LearningCurve.Epoch facts = new LearningCurve.Epoch();
    facts.number = epoch;
    facts.loss = loss;
    facts.seconds = seconds;
    curve.add(facts);
    String text =
        "epoch %d: loss %.4f, %s, rate %.2g, %.1f s"
            .formatted(
                epoch,
                loss,
                options.isLeaky(epoch) ? "leaky rectifiers" : "rectifiers",
                options.rate(epoch),
                seconds);
    LOG.info("{}", text);
    stages.measure(STAGE, "epoch " + epoch, text);
  }
}
