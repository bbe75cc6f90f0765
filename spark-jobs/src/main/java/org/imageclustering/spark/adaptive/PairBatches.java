package org.imageclustering.spark.adaptive;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.imageclustering.spark.training.AssignedBlock;
import org.imageclustering.spark.training.MiniBatches;
import org.imageclustering.spark.training.ShuffledBatches;
import org.imageclustering.spark.training.TrainingImages;
import org.imageclustering.spark.training.layer.RowArrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Mini-batches of images, each once changed ({@link Changes}) and, where pairs are trained, once as
 * it is. Expected out: the changed image; and the image's first cluster, -1 for none. A change is
 * drawn by (seed, pass, id). The rest of a partition that makes less than a batch is left out, for
 * its statistics would be poor; other images are the rest in the next pass.
 */
final class PairBatches implements MiniBatches<AssignedBlock> {
  private static final long serialVersionUID = 1L;

  private final int batch;
  private final Changes changes;
  private final boolean pairs;
  private final long seed;

  /**
   * Mini-batches.
   *
   * @param batch images of one
   * @param pairs whether the images as they are come too
   */
  PairBatches(int batch, Changes changes, boolean pairs, long seed) {
    this.batch = batch;
    this.changes = changes;
    this.pairs = pairs;
    this.seed = seed;
  }

  @Override
  public Iterator<MultiDataSet> of(Iterator<AssignedBlock> rows, int pass, int first, int until) {
    long drawn = TrainingImages.mix(pass, seed);
    ShuffledBatches.Maker maker = (places, blocks) -> make(places, blocks, drawn);
    return new Whole(
        new ShuffledBatches(rows, maker, batch, drawn).between(first, until), first == 0);
  }

  private MultiDataSet make(List<long[]> places, List<AssignedBlock> blocks, long drawn) {
    int length = blocks.get(0).images().pixelCount();
    float[] plain = new float[places.size() * length];
    float[] changed = new float[plain.length];
    float[] clusters = new float[places.size()];
    for (int i = 0; i < clusters.length; i++) {
      AssignedBlock block = blocks.get((int) places.get(i)[0]);
      int image = (int) places.get(i)[1];
      block.images().write(image, plain, i * length);
      long id = block.images().ids()[image];
      SplittableRandom random = new SplittableRandom(TrainingImages.mix(id, drawn));
      changes.write(plain, i * length, changed, i * length, random);
      clusters[i] = block.clusters()[image];
    }
    INDArray image = RowArrays.of(changed, clusters.length, length);
    INDArray first = RowArrays.of(clusters, clusters.length, 1);
    INDArray[] expected = {image, first};
    if (!pairs) {
      return new MultiDataSet(new INDArray[] {image}, expected);
    }
    INDArray unchanged = RowArrays.of(plain, clusters.length, length);
    return new MultiDataSet(new INDArray[] {image, unchanged}, expected);
  }

  /** Leaves out what is smaller than a batch, unless there is nothing else. */
  private final class Whole implements Iterator<MultiDataSet> {
    private final Iterator<MultiDataSet> all;
    private MultiDataSet next;
    private int given;

    /**
     * Whole batches.
     *
     * @param isStart whether they are the first of a partition, and so perhaps its only ones
     */
    Whole(Iterator<MultiDataSet> all, boolean isStart) {
      this.all = all;
      this.given = isStart ? 0 : 1;
    }

    @Override
    public boolean hasNext() {
      if (next == null && all.hasNext()) {
        MultiDataSet some = all.next();
        long size = some.getFeatures(0).size(0);
        next = size == batch || (given == 0 && size > 1) ? some : null;
        return next != null || hasNext();
      }
      return next != null;
    }

    @Override
    public MultiDataSet next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more batches");
      }
      MultiDataSet some = next;
      next = null;
      given++;
      return some;
    }
  }
}
