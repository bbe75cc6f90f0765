package org.imageclustering.spark.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.imageclustering.spark.session.StageStore;
import scala.Tuple2;

/**
 * The images as the workers of a training hold them: a partition a worker, in an order that (seed,
 * id) decides, in blocks. They stay on the executors, in memory where they fit and on disk where
 * not, until they are given back.
 */
public final class TrainingImages implements AutoCloseable {
  private static final int BLOCK = 512;

  private final JavaRDD<ImageBlock> blocks;
  private final long count;

  private TrainingImages(JavaRDD<ImageBlock> blocks, long count) {
    this.blocks = blocks;
    this.count = count;
  }

  /**
   * Lays images out for as many workers as the options have for them.
   *
   * @param images id long, pixels binary; all of one length
   * @param stages where the number of workers is recorded, as a measure of the training
   */
  public static TrainingImages of(Dataset<Row> images, TrainingOptions options, StageStore stages) {
    long count = images.count();
    int workers = options.workersFor(count);
    stages.measure("training", "workers", workers);
    return new TrainingImages(blocks(images, workers, options.seed()), count);
  }

  /**
   * Lays images out.
   *
   * @param images id long, pixels binary; all of one length
   * @param workers the number of partitions
   */
  public static TrainingImages of(Dataset<Row> images, int workers, long seed) {
    return new TrainingImages(blocks(images, workers, seed), images.count());
  }

  private static JavaRDD<ImageBlock> blocks(Dataset<Row> images, int workers, long seed) {
    Partitioner partitioner = new HashPartitioner(workers);
    JavaPairRDD<Long, Tuple2<Long, byte[]>> keyed =
        images
            .javaRDD()
            .mapToPair(
                row ->
                    new Tuple2<>(
                        mix(row.getLong(0), seed), new Tuple2<>(row.getLong(0), row.getAs(1))));
    return keyed
        .repartitionAndSortWithinPartitions(partitioner, new Ascending())
        .values()
        .mapPartitions(Blocks::new)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Returns the blocks, a partition a worker. */
  public JavaRDD<ImageBlock> blocks() {
    return blocks;
  }

  /** Returns the number of images. */
  public long count() {
    return count;
  }

  @Override
  public void close() {
    blocks.unpersist();
  }

  /** Returns a number that (seed, id) decides, of which every bit depends on every bit of both. */
  public static long mix(long id, long seed) {
    long mixed = id + seed * 0x9e3779b97f4a7c15L + 0x632be59bd9b4e019L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  private static final class Ascending implements Comparator<Long>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Long a, Long b) {
      return Long.compare(a, b);
    }
  }

  private static final class Blocks implements Iterator<ImageBlock> {
    private final Iterator<Tuple2<Long, byte[]>> rows;

    Blocks(Iterator<Tuple2<Long, byte[]>> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public ImageBlock next() {
      List<Tuple2<Long, byte[]>> some = new ArrayList<>();
      while (some.size() < BLOCK && rows.hasNext()) {
        some.add(rows.next());
      }
      int length = some.get(0)._2().length;
      long[] ids = new long[some.size()];
      byte[] pixels = new byte[Math.multiplyExact(some.size(), length)];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = some.get(i)._1();
        System.arraycopy(some.get(i)._2(), 0, pixels, i * length, length);
      }
      return new ImageBlock(ids, pixels);
    }
  }
}
