package org.imageclustering.spark.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Mini-batches of images in random order. Blocks pass through a window of {@value #WINDOW}, within
 * which the order of the images is drawn from the seed; the blocks themselves lie in random order
 * already.
 */
public final class ShuffledBatches implements Iterator<MultiDataSet> {
  private static final int WINDOW = 64;

  private final Iterator<AssignedBlock> rows;
  private final Maker maker;
  private final int batch;
  private final Random random;
  private int until = Integer.MAX_VALUE;
  private List<AssignedBlock> window = new ArrayList<>();
  private List<long[]> order = new ArrayList<>();
  private int used;
  private int number;

  /** Makes one mini-batch. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Returns the mini-batch of some images.
     *
     * @param places of the images: the number of the block, and of the image in it
     * @param blocks of the window
     */
    MultiDataSet make(List<long[]> places, List<AssignedBlock> blocks);
  }

  /**
   * All mini-batches of a worker.
   *
   * @param batch images of one; the last may have fewer
   * @param seed of the order
   */
  public ShuffledBatches(Iterator<AssignedBlock> rows, Maker maker, int batch, long seed) {
    this.rows = rows;
    this.maker = maker;
    this.batch = batch;
    this.random = new Random(seed);
  }

  /** Leaves out the first mini-batches, which are not made, and those from a number on. */
  public ShuffledBatches between(int first, int end) {
    this.until = end;
    while (number < first && isMore()) {
      places();
    }
    return this;
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
      throw new NoSuchElementException("no more batches");
    }
    return maker.make(places(), window);
  }
}
