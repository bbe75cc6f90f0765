package org.imageclustering.spark.sanet;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.sanet.Layer;
import org.imageclustering.sanet.MapOrigin;
import org.imageclustering.sanet.SpectralLayer;
import org.imageclustering.sanet.SpectralOptions;
import org.imageclustering.sanet.VisualPatterns;

/** What a fitted network shows of itself: eigenvalues of its graphs, and visual patterns. */
public final class SaNetTables {
  /** As many as in the paper's Fig. 5. */
  private static final int PATTERNS = 40;

  private SaNetTables() {}

  /** Returns the eigenvalues of every graph: layer, procedure, index from 1, value in [0, 2]. */
  public static Dataset<Row> eigenvalues(SaNetModel model, SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    List<Layer> layers = model.network().layers();
    for (int number = 0; number < layers.size(); number++) {
      if (layers.get(number) instanceof SpectralLayer layer) {
        SpectralOptions options = (SpectralOptions) model.options().layers().get(number);
        MapOrigin[] origins = layer.origins();
        int ofEach = origins.length / options.procedures().size();
        for (int map = 0; map < origins.length; map++) {
          rows.add(
              RowFactory.create(
                  layer.name(),
                  options.procedures().get(origins[map].procedure()).name(),
                  map % ofEach + 1,
                  origins[map].eigenvalue()));
        }
      }
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("layer", DataTypes.StringType)
            .add("procedure", DataTypes.StringType)
            .add("index", DataTypes.IntegerType)
            .add("value", DataTypes.DoubleType));
  }

  /**
   * Returns the typical visual patterns of the first layer (SA-Net, Fig. 5): layer, index, height,
   * width, channels, pixels in 0..255, where 127.5 is a window's mean.
   */
  public static Dataset<Row> patterns(SaNetModel model, SparkSession spark) {
    SpectralLayer first = (SpectralLayer) model.network().layers().get(0);
    List<Row> rows = new ArrayList<>();
    if (first.projection() == null) {
      FloatMatrix patterns = VisualPatterns.of(first, PATTERNS, model.getSeed());
      int side = first.geometry().patch();
      int channels = first.geometry().input().channels();
      for (int i = 0; i < patterns.rows(); i++) {
        rows.add(RowFactory.create(first.name(), i, side, side, channels, pixels(patterns.row(i))));
      }
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("layer", DataTypes.StringType)
            .add("index", DataTypes.IntegerType)
            .add("height", DataTypes.IntegerType)
            .add("width", DataTypes.IntegerType)
            .add("channels", DataTypes.IntegerType)
            .add("pixels", DataTypes.createArrayType(DataTypes.IntegerType)));
  }

  private static Integer[] pixels(float[] window) {
    float largest = 0;
    for (float value : window) {
      largest = Math.max(largest, Math.abs(value));
    }
    Integer[] pixels = new Integer[window.length];
    for (int i = 0; i < window.length; i++) {
      float share = largest > 0 ? window[i] / largest : 0;
      pixels[i] = Math.round(127.5f * (1 + share));
    }
    return pixels;
  }
}
