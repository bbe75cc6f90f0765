package org.imageclustering.spark.report;

import org.imageclustering.Options;

/**
 * How much the report shows.
 *
 * @param imagesPerCluster the most confident and as many of the least confident, in [1, 200]
 * @param thumbSide the largest side of a picture in pixels, in [16, 256]; smaller images stay
 * @param pictureBytes what all the clusters' pictures may take before compression; beyond it they
 *     are made smaller, then fewer
 * @param mapImages how many images the map shows, in [0, 5000]; its cost grows with the square
 */
public record ReportOptions(int imagesPerCluster, int thumbSide, long pictureBytes, int mapImages) {

  /** What is used when nothing else is asked for. */
  public static final ReportOptions DEFAULT = new ReportOptions(24, 64, 16L << 20, 1_500);

  /**
   * Checks the ranges.
   *
   * @throws org.imageclustering.UserException naming the option that is out of its range
   */
  public ReportOptions {
    check("images-per-cluster", imagesPerCluster, 1, 200);
    check("thumb-side", thumbSide, 16, 256);
    check("picture-bytes", pictureBytes, 1 << 16, 1L << 30);
    check("map-images", mapImages, 0, 5_000);
  }

  private static void check(String name, long value, long least, long most) {
    Options.require(
        value >= least && value <= most, "report." + name, value, least + " to " + most);
  }
}
