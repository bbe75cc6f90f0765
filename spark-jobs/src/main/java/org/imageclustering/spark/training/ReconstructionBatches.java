package org.imageclustering.spark.training;

import java.util.Iterator;
import java.util.List;
import org.imageclustering.spark.training.layer.RowArrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Mini-batches of an autoencoder with clusters: an image goes in, itself and the centre of its
 * cluster are expected out, in the order of {@link ShuffledBatches}.
 */
final class ReconstructionBatches implements MiniBatches<AssignedBlock> {
  private static final long serialVersionUID = 1L;

  private final int batch;
  private final int pixels;
  private final float[][] centres;
  private final long seed;

  /**
   * Mini-batches.
   *
   * @param batch images of one
   * @param pixels numbers of an image
   * @param centres K x d; images without a cluster are given the first, which weighs nothing then;
   *     of no rows where the network has no output but the reconstruction
   */
  ReconstructionBatches(int batch, int pixels, float[][] centres, long seed) {
    this.batch = batch;
    this.pixels = pixels;
    this.centres = centres;
    this.seed = seed;
  }

  @Override
  public Iterator<MultiDataSet> of(Iterator<AssignedBlock> rows, int pass, int first, int until) {
    return new ShuffledBatches(rows, this::make, batch, TrainingImages.mix(pass, seed))
        .between(first, until);
  }

  private MultiDataSet make(List<long[]> places, List<AssignedBlock> blocks) {
    float[] images = new float[Math.multiplyExact(places.size(), pixels)];
    int length = centres.length == 0 ? 0 : centres[0].length;
    float[] expected = new float[places.size() * length];
    for (int i = 0; i < places.size(); i++) {
      AssignedBlock block = blocks.get((int) places.get(i)[0]);
      int image = (int) places.get(i)[1];
      block.images().write(image, images, i * pixels);
      if (length > 0) {
        int cluster = Math.max(0, block.clusters()[image]);
        System.arraycopy(centres[cluster], 0, expected, i * length, length);
      }
    }
    INDArray in = RowArrays.of(images, places.size(), pixels);
    if (length == 0) {
      return new MultiDataSet(new INDArray[] {in}, new INDArray[] {in});
    }
    INDArray out = RowArrays.of(expected, places.size(), length);
    return new MultiDataSet(new INDArray[] {in}, new INDArray[] {in, out});
  }
}
