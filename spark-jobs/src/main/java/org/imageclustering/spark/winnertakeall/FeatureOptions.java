package org.imageclustering.spark.winnertakeall;

import com.typesafe.config.Config;
import org.imageclustering.Options;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.PooledMaps;
import org.imageclustering.spark.training.WinnerTakeAllOptions;

/**
 * How the encoder's maps become a vector.
 *
 * @param pool rows and columns of a square of which the largest number stays, or {@link #AUTO}: a
 *     seventh of the image's shorter side
 * @param cellShare of a pooled map's cells that are kept, above 0, at most 1
 */
record FeatureOptions(int pool, double cellShare) {

  /** Stands for: by the size of the images. */
  static final int AUTO = 0;

  private static final double CELLS_A_SIDE = 7;

  FeatureOptions {
    require("pool", pool, pool >= 1 || pool == AUTO, "1 or more, or 0: auto");
    require("cell-share", cellShare, cellShare > 0 && cellShare <= 1, "above 0, at most 1");
  }

  static FeatureOptions of(Config config) {
    Config own = config.getConfig(WinnerTakeAllOptions.SECTION);
    return new FeatureOptions(own.getInt("pool"), own.getDouble("cell-share"));
  }

  /** Returns the pooling of an encoder's maps. */
  PooledMaps pooling(MapShape maps) {
    int side = Math.min(maps.height(), maps.width());
    int size = pool == AUTO ? (int) Math.max(1, Math.round(side / CELLS_A_SIDE)) : pool;
    return PooledMaps.of(maps, size, cellShare);
  }

  static void require(String key, Object value, boolean isRight, String expected) {
    Options.require(isRight, WinnerTakeAllOptions.SECTION + "." + key, value, expected);
  }
}
