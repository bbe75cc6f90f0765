package org.imageclustering.spark.data;

import java.io.Serializable;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.UserException;
import org.imageclustering.data.Occluder;
import org.imageclustering.data.PixelImage;
import org.imageclustering.spark.session.DrawnRows;

/**
 * Hides a part of every image behind a block of another image of the same set (SA-Net, section 4.2:
 * YaleB-O and PIE-O). Which image, and which blocks, is a function of (seed, id) and of the set.
 *
 * <p>Blocks are cut from at most a thousand images, drawn by a hash of (seed, id) and broadcast: at
 * most 64 MiB on the driver and on each executor.
 */
final class Occlusion {
  private static final long DONOR_BYTES = 64L << 20;
  private static final int MOST_DONORS = 1000;

  private Occlusion() {}

  /** The images that blocks are cut from. */
  private static final class Donors implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long[] ids;
    private final byte[][] pixels;

    Donors(long[] ids, byte[][] pixels) {
      this.ids = ids;
      this.pixels = pixels;
    }

    /** Returns the pixels of a drawn image, of the next one where that is the image itself. */
    byte[] draw(long id, SplittableRandom random) {
      int drawn = random.nextInt(ids.length);
      return pixels[ids[drawn] == id ? (drawn + 1) % ids.length : drawn];
    }
  }

  /**
   * Returns the staged images with a block of each hidden.
   *
   * @param images accepted rows, all of one height, width and number of channels
   * @throws UserException if the rows are vectors, or there is no other image to cut from
   */
  static Dataset<Row> of(Dataset<Row> images, StagedSummary summary, OcclusionOptions options) {
    if (summary.kind() == DatasetKind.VECTORS) {
      throw new UserException("Cannot use --occlude: found vectors, expected images");
    }
    if (summary.accepted() < 2) {
      throw new UserException(
          "Cannot use --occlude: found one image, expected at least 2, as blocks come from other images");
    }
    long bytes = (long) summary.height() * summary.width() * summary.channels();
    int count = (int) Math.max(2, Math.min(MOST_DONORS, DONOR_BYTES / bytes));
    Donors donors = donors(images, count, options.seed());
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(images.sparkSession().sparkContext());
    return images
        .sparkSession()
        .createDataFrame(
            occluded(images.javaRDD(), context.broadcast(donors), options), Staged.SCHEMA);
  }

  private static Donors donors(Dataset<Row> images, int count, long seed) {
    List<Row> rows = DrawnRows.of(images.select(Staged.ID, "pixels"), count, seed).collectAsList();
    return new Donors(
        rows.stream().mapToLong(row -> row.getLong(0)).toArray(),
        rows.stream().map(row -> row.<byte[]>getAs(1)).toArray(byte[][]::new));
  }

  private static JavaRDD<Row> occluded(
      JavaRDD<Row> images, Broadcast<Donors> donors, OcclusionOptions options) {
    return images.map(row -> occluded(row, donors.value(), options));
  }

  private static Row occluded(Row row, Donors donors, OcclusionOptions options) {
    long id = row.<Long>getAs(Staged.ID);
    int height = row.<Integer>getAs("height");
    int width = row.<Integer>getAs("width");
    int channels = row.<Integer>getAs("channels");
    SplittableRandom random =
        new SplittableRandom(new SplittableRandom(id).nextLong() + options.seed());
    PixelImage image = new PixelImage(height, width, channels, row.<byte[]>getAs("pixels"));
    PixelImage donor = new PixelImage(height, width, channels, donors.draw(id, random));
    return Staged.image(
        id,
        row.getAs(Staged.ORIGIN),
        new Occluder(options.share()).occlude(image, donor, random),
        row.getAs(Staged.LABEL));
  }
}
