package org.imageclustering.spark.winnertakeall;

import com.typesafe.config.Config;
import org.imageclustering.UserException;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.PooledMaps;
import org.imageclustering.spark.training.WinnerTakeAllOptions;

/**
 * How the encoder's maps become a vector.
 *
 * @param pool rows and columns of a square of which the largest number stays, at least 1
 * @param cellShare of a pooled map's cells that are kept, above 0, at most 1
 */
record FeatureOptions(int pool, double cellShare) {

  FeatureOptions {
    require("pool", pool, pool >= 1, "1 or more");
    require("cell-share", cellShare, cellShare > 0 && cellShare <= 1, "above 0, at most 1");
  }

  static FeatureOptions of(Config config) {
    Config own = config.getConfig(WinnerTakeAllOptions.SECTION);
    return new FeatureOptions(own.getInt("pool"), own.getDouble("cell-share"));
  }

  /** Returns the pooling of an encoder's maps. */
  PooledMaps pooling(MapShape maps) {
    return PooledMaps.of(maps, pool, cellShare);
  }

  static void require(String key, Object value, boolean isRight, String expected) {
    if (!isRight) {
      throw new UserException(
          "Cannot use %s.%s: found %s, expected %s"
              .formatted(WinnerTakeAllOptions.SECTION, key, value, expected));
    }
  }
}
