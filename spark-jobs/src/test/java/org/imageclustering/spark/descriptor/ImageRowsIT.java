package org.imageclustering.spark.descriptor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The sample of images that a fit sees, and what moves on its way. */
final class ImageRowsIT {
  private static final int IMAGES = 2000;
  private static final int SIZE = 20;
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();

  @Test
  void theSampleIsThatOfTheSmallestHashesWhateverThePartitions() {
    for (long seed : new long[] {0, 1, -7}) {
      byte[][] expected =
          images(3)
              .orderBy(xxhash64(lit(seed), col("id")), col("id"))
              .limit(SIZE)
              .orderBy("id")
              .select("image.pixels")
              .collectAsList()
              .stream()
              .map(row -> row.<byte[]>getAs(0))
              .toArray(byte[][]::new);
      assertThat(expected).hasDimensions(SIZE, 4);
      assertThat(ImageRows.pixels(images(1), SIZE, seed)).isDeepEqualTo(expected);
      assertThat(ImageRows.pixels(images(7), SIZE, seed)).isDeepEqualTo(expected);
    }
    assertThat(ImageRows.pixels(images(7), IMAGES, 1)).hasDimensions(IMAGES, 4);
    assertThat(ImageRows.pixels(images(7), IMAGES + 1, 1)).hasDimensions(IMAGES, 4);
    assertThat(ImageRows.pixels(images(7), 0, 1)).hasDimensions(IMAGES, 4);
  }

  @Test
  void hardlyMoreImagesMoveThanAreDrawn() throws TimeoutException {
    AtomicLong moved = new AtomicLong();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd task) {
            moved.addAndGet(task.taskMetrics().shuffleWriteMetrics().recordsWritten());
          }
        };
    // The images of a file each are counted, and drawn, where they lie.
    Dataset<Row> images = images(40);
    SPARK.sparkContext().addSparkListener(listener);
    try {
      ImageRows.pixels(images, SIZE, 1);
      SPARK.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      SPARK.sparkContext().removeSparkListener(listener);
    }
    // The counts of 40 partitions, and the images; 20 of each partition would be 800.
    assertThat(moved.get()).isBetween((long) SIZE, 40L + 5 * SIZE);
  }

  private static Dataset<Row> images(int partitions) {
    return SPARK
        .range(0, IMAGES, 1, partitions)
        .selectExpr(
            "id",
            "named_struct('height', 1, 'width', 1, 'channels', 4, 'pixels', unhex(lpad(hex(id), 8, '0'))) as image");
  }
}
