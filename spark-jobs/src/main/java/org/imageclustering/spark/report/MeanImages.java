package org.imageclustering.spark.report;

import static org.apache.spark.sql.functions.col;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.data.PixelImage;
import scala.Tuple2;

/** The mean of every cluster's images. */
final class MeanImages {
  private MeanImages() {}

  /**
   * Returns the means by cluster, at the size of the thumbs. One pass over the images; sums are
   * whole numbers, so the order of images does not matter. K x pixels x 8 bytes reach the driver.
   */
  static Map<Integer, PixelImage> of(
      Dataset<Row> images, Dataset<Row> assignments, ThumbPlan plan) {
    int length = plan.size().height() * plan.size().width() * plan.channels();
    Map<Integer, PixelImage> means = new TreeMap<>();
    images
        .select(col("id"), Thumbs.column(plan.size()).as("thumb"))
        .join(assignments.select("id", "prediction"), "id")
        .select("prediction", "thumb")
        .toJavaRDD()
        .mapToPair(row -> new Tuple2<>(row.getInt(0), row.<byte[]>getAs(1)))
        .aggregateByKey(new long[length + 1], MeanImages::addPixelsInPlace, MeanImages::addInPlace)
        .collectAsMap()
        .forEach((cluster, sums) -> means.put(cluster, mean(sums, plan)));
    return means;
  }

  /** The last entry counts the images. */
  private static long[] addPixelsInPlace(long[] sums, byte[] pixels) {
    for (int i = 0; i < pixels.length; i++) {
      sums[i] += pixels[i] & 0xff;
    }
    sums[pixels.length]++;
    return sums;
  }

  private static long[] addInPlace(long[] sums, long[] others) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += others[i];
    }
    return sums;
  }

  private static PixelImage mean(long[] sums, ThumbPlan plan) {
    byte[] pixels = new byte[sums.length - 1];
    long images = sums[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ((sums[i] + images / 2) / images);
    }
    return new PixelImage(plan.size().height(), plan.size().width(), plan.channels(), pixels);
  }
}
