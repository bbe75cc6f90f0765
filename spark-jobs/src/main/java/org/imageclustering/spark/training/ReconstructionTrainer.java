package org.imageclustering.spark.training;

import org.apache.spark.api.java.JavaSparkContext;

/** Epochs of a network on the reconstruction of images alone. */
public final class ReconstructionTrainer {
  private final TrainingImages images;
  private final Trainer<AssignedBlock> trainer;

  /**
   * A trainer on images.
   *
   * @param pixels numbers of an image
   * @param codeLength entries of a code where the network has a second output for it, weighed by
   *     nothing; 0 where it has not
   */
  public ReconstructionTrainer(
      JavaSparkContext spark,
      TrainingOptions options,
      TrainingImages images,
      int pixels,
      int codeLength) {
    this.images = images;
    float[][] targets = codeLength == 0 ? new float[0][] : new float[1][codeLength];
    this.trainer =
        new Trainer<>(
            spark,
            options,
            new ReconstructionBatches(options.batch(), pixels, targets, options.seed()));
  }

  /**
   * Returns the network after an epoch.
   *
   * @param epoch its number, from 1
   * @throws org.imageclustering.UserException if the loss is no longer a number
   */
  public TrainedEpoch epoch(NetworkState state, int epoch) {
    return trainer.epoch(
        state, images.blocks().map(AssignedBlock::unassigned), epoch, images.count());
  }
}
