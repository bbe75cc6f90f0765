package org.imageclustering.spark.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mini-batches of an autoencoder with clusters: an image goes in, itself and the centre of its
 * cluster are expected out. Blocks pass through a window of {@value #WINDOW}, within which the
 * order of the images is drawn anew by (seed, epoch); the blocks themselves lie in random order
 * already.
 */
final class ReconstructionBatches implements MiniBatches<AssignedBlock> {
  private static final long serialVersionUID = 1L;
  private static final int WINDOW = 64;

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
  public Iterator<MultiDataSet> of(Iterator<AssignedBlock> rows, int epoch, int first, int until) {
    return new Shuffled(rows, new Random(TrainingImages.mix(epoch, seed)), first, until);
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
    INDArray in = Nd4j.create(images, new long[] {places.size(), pixels}, 'c');
    if (length == 0) {
      return new MultiDataSet(new INDArray[] {in}, new INDArray[] {in});
    }
    INDArray out = Nd4j.create(expected, new long[] {places.size(), length}, 'c');
    return new MultiDataSet(new INDArray[] {in}, new INDArray[] {in, out});
  }

  private final class Shuffled implements Iterator<MultiDataSet> {
    private final Iterator<AssignedBlock> rows;
    private final Random random;
    private final int until;
    private List<AssignedBlock> window = new ArrayList<>();
    private List<long[]> order = new ArrayList<>();
    private int used;
    private int number;

    Shuffled(Iterator<AssignedBlock> rows, Random random, int first, int until) {
      this.rows = rows;
      this.random = random;
      this.until = until;
      while (number < first && isMore()) {
        places();
      }
    }

    private boolean isMore() {
      if (used == order.size() && rows.hasNext()) {
        fill();
      }
      return used < order.size();
    }

    private void fill() {
      window = new ArrayList<>();
      order = new ArrayList<>();
      used = 0;
      while (window.size() < WINDOW && rows.hasNext()) {
        AssignedBlock block = rows.next();
        for (int i = 0; i < block.images().size(); i++) {
          order.add(new long[] {window.size(), i});
        }
        window.add(block);
      }
      Collections.shuffle(order, random);
    }

    private List<long[]> places() {
      int end = Math.min(order.size(), used + batch);
      List<long[]> places = order.subList(used, end);
      used = end;
      number++;
      return places;
    }

    @Override
    public boolean hasNext() {
      return number < until && isMore();
    }

    @Override
    public MultiDataSet next() {
      if (!isMore()) {
        throw new java.util.NoSuchElementException("no more batches");
      }
      return make(places(), window);
    }
  }
}
