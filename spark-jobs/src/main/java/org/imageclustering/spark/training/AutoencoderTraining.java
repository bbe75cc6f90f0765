package org.imageclustering.spark.training;

import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.imageclustering.UserException;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.training.EpochChain.Beginning;
import org.imageclustering.spark.training.NetworkState.UpdaterState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns an autoencoder and clusters of its codes together (AEC, Algorithm 1; DCAE, section III C):
 *
 * <ol>
 *   <li>the starting parameters, or those of a pre-training;
 *   <li>epochs on the reconstruction alone, after which the codes are made white;
 *   <li>the first clusters;
 *   <li>joint epochs: the network with the centres fixed, the centres from the old clusters (Eq.
 *       6), the clusters from the new centres (Eq. 5). In the first of them clusters and centres
 *       stay, so that the codes come to what the first clusters tell before the nearest centre
 *       decides.
 * </ol>
 *
 * <p>A checkpoint after every {@code checkpoint-epochs} is a stage of its own, so that a run that
 * was stopped goes on from there. The driver holds the parameters and the updater's state.
 */
public final class AutoencoderTraining {
  private static final Logger LOG = LoggerFactory.getLogger(AutoencoderTraining.class);
  private static final String STAGE = "training";

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final AutoencoderGraph graph;
  private final TrainingOptions options;
  private final JointOptions joint;
  private final StageStore stages;

  /** A training of this network. */
  public AutoencoderTraining(
      SparkSession session,
      AutoencoderGraph graph,
      TrainingOptions options,
      JointOptions joint,
      StageStore stages) {
    this.session = session;
    this.spark = new JavaSparkContext(session.sparkContext());
    this.graph = graph;
    this.options = options;
    this.joint = joint;
    this.stages = stages;
  }

  /**
   * Trains.
   *
   * @param images id long, pixels binary
   * @param pretraining what is done to the starting parameters; not called when a checkpoint exists
   * @throws UserException if the codes or the clusters collapse, or the loss is not a number
   */
  public TrainedAutoencoder run(
      Dataset<Row> images, BiFunction<NetworkState, TrainingImages, NetworkState> pretraining) {
    Natives.require();
    try (TrainingImages laidOut = TrainingImages.of(images, options, stages)) {
      int total = joint.warmUpEpochs() + joint.epochs();
      EpochChain chain = new EpochChain(session, stages, STAGE);
      Checkpoint end =
          chain.run(
              EpochChain.ends(total, options.checkpointEpochs()),
              new Beginning() {
                @Override
                public ComputationGraphConfiguration configuration() {
                  return graph.configuration(0, 1);
                }

                @Override
                public LearningCurve curve() {
                  return new LearningCurve();
                }

                @Override
                public Checkpoint checkpoint() {
                  return start(state -> pretraining.apply(state, laidOut));
                }
              },
              (start, until, history) -> new Pass(laidOut, start, history).until(until),
              () -> new History(session, laidOut.count(), total, options.seed()));
      stages.measure(STAGE, "epochs", end.epoch());
      NetworkState trained = end.state().withoutUpdater();
      return new TrainedAutoencoder(trained, end.centres(), end.curve(), chain.history());
    }
  }

  private Checkpoint start(UnaryOperator<NetworkState> pretraining) {
    NetworkState state = pretraining.apply(NetworkState.initial(graph.configuration(0, 1)));
    return new Checkpoint(state, null, 0, false, new LearningCurve());
  }

  /** The epochs of one stage. */
  private final class Pass {
    private final TrainingImages images;
    private final LearningCurve curve;
    private final History history;
    private NetworkState state;
    private float[][] centres;
    private JavaRDD<CodeBlock> assigned;
    private int epoch;
    private boolean converged;

    Pass(TrainingImages images, Checkpoint start, History history) {
      this.images = images;
      this.history = history;
      this.state = start.state();
      this.centres = start.centres();
      this.epoch = start.epoch();
      this.converged = start.isConverged();
      this.curve = start.curve();
    }

    Checkpoint until(int end) {
      while (epoch < end && !converged) {
        if (epoch < joint.warmUpEpochs()) {
          epoch++;
          warmUp();
        } else {
          requireClusters();
          epoch++;
          together();
        }
      }
      if (joint.epochs() == 0 && epoch == joint.warmUpEpochs()) {
        requireClusters();
      }
      release(assigned);
      return new Checkpoint(state, centres, epoch, converged, curve);
    }

    private void warmUp() {
      long start = System.nanoTime();
      TrainedEpoch trained =
          new ReconstructionTrainer(spark, options, images, graph.imageLength(), graph.codeLength())
              .epoch(state.under(graph.configuration(0, 1), UpdaterState.KEPT), epoch);
      state = trained.state();
      LearningCurve.Epoch facts = new LearningCurve.Epoch();
      facts.loss = trained.loss();
      facts.spread = moments().spread();
      record(facts, start);
    }

    /** Makes the first clusters, or those of a checkpoint again. */
    private void requireClusters() {
      if (assigned != null) {
        return;
      }
      boolean isFirst = centres == null;
      if (isFirst && joint.whiten()) {
        // Adam's moments belong to the old scale; without their steps' count there is no jump.
        state = Whitening.of(state, moments()).under(graph.configuration(0, 1), UpdaterState.ANEW);
      }
      JavaRDD<CodeBlock> codes = codes(history.sent());
      FirstClusters first = new FirstClusters(session, joint.firstClusters(), options.seed());
      if (staysNext()) {
        assigned = keep(first.kept(codes, stages, history.sent()));
      } else if (isFirst) {
        assigned = keep(first.of(codes, stages, history.sent()));
      } else {
        assigned = keep(Centres.assign(history.sent(), codes, centres));
      }
      if (isFirst) {
        centres = Centres.means(assigned, new float[joint.clusters()][graph.codeLength()]);
      }
    }

    private void together() {
      long start = System.nanoTime();
      double lambda = joint.lambda(epoch - joint.warmUpEpochs());
      ComputationGraphConfiguration configuration = graph.configuration(lambda, 1);
      JavaRDD<AssignedBlock> rows =
          images
              .blocks()
              .zip(assigned)
              .map(pair -> new AssignedBlock(pair._1(), pair._2().clusters()));
      ReconstructionBatches batches =
          new ReconstructionBatches(options.batch(), graph.imageLength(), centres, options.seed());
      TrainedEpoch trained =
          new Trainer<>(spark, options, batches)
              .epoch(state.under(configuration, UpdaterState.KEPT), rows, epoch, images.count());
      state = trained.state();
      LearningCurve.Epoch facts = new LearningCurve.Epoch();
      facts.lambda = lambda;
      facts.loss = trained.loss();
      moveCentresAndImages(facts);
      record(facts, start);
      if (!staysNext()) {
        requireFullClusters(facts);
      }
      int least = Math.max(joint.rampEpochs(), joint.firstEpochs());
      converged = epoch - joint.warmUpEpochs() > least && facts.changed < joint.tolerance();
    }

    private void moveCentresAndImages(LearningCurve.Epoch facts) {
      // The new clusters hang on the codes alone: otherwise the lineage grew with every epoch.
      JavaRDD<CodeBlock> codes = keep(codes(history.sent()));
      JavaRDD<CodeBlock> before =
          codes.zip(assigned).map(pair -> pair._1().with(pair._2().clusters()));
      // While the first clusters stay, so do their centres: else all codes would draw together.
      boolean stay = staysNext();
      centres = stay ? centres : Centres.means(before, centres);
      JavaRDD<CodeBlock> after = keep(Centres.assign(history.sent(), codes, centres));
      EpochFacts.of(before, after, centres).write(facts);
      history.add(epoch, after, history.codes(epoch, images.blocks(), this::codes));
      release(codes);
      release(stay ? after : assigned);
      assigned = stay ? assigned : after;
    }

    /** Tells whether the first clusters are those of the next epoch too. */
    private boolean staysNext() {
      return joint.keepsFirst(epoch + 1 - joint.warmUpEpochs());
    }

    private JavaRDD<CodeBlock> codes(Sent sent) {
      return codes(sent, images.blocks());
    }

    private JavaRDD<CodeBlock> codes(Sent sent, JavaRDD<ImageBlock> blocks) {
      return Codes.of(sent, blocks, state);
    }

    private Moments moments() {
      int length = graph.codeLength();
      try (Sent sent = new Sent(spark)) {
        return codes(sent)
            .map(block -> new Moments(length).addInPlace(block.codes()))
            .reduce(Moments::mergeInPlace);
      }
    }

    private void record(LearningCurve.Epoch facts, long start) {
      facts.number = epoch;
      facts.seconds = (System.nanoTime() - start) / 1e9;
      curve.add(facts);
      LOG.info("{}", facts);
      stages.measure(STAGE, "epoch " + epoch, facts.toString());
      if (facts.spread < options.leastSpread()) {
        throw new UserException(
            "Cannot go on training: found the codes of all images at one point after epoch %d (spread %.2g), expected a spread of %s or more: lower %s.lambda-end, use %s.activation = relu and %s.updater = adam, or set training.least-spread"
                .formatted(
                    epoch,
                    facts.spread,
                    options.leastSpread(),
                    joint.section(),
                    joint.section(),
                    joint.section()));
      }
    }

    private void requireFullClusters(LearningCurve.Epoch facts) {
      if (facts.smallest == 0 && joint.emptyClusters() == JointOptions.EmptyClusters.ERROR) {
        throw new UserException(
            "Cannot go on training: found a cluster without images after epoch %d, expected %d clusters: choose another %s.first-clusters, lower %s.lambda-end or the number of clusters, or set %s.empty-clusters = keep"
                .formatted(
                    epoch, joint.clusters(), joint.section(), joint.section(), joint.section()));
      }
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
