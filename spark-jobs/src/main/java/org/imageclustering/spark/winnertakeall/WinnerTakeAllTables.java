package org.imageclustering.spark.winnertakeall;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.api.Layer;
import org.imageclustering.patch.WindowGrid;
import org.imageclustering.spark.training.Natives;
import org.imageclustering.spark.training.WinnerTakeAllGraph;
import org.imageclustering.spark.training.layer.WindowLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a trained winner-take-all autoencoder shows of itself, as a small table for the report. */
public final class WinnerTakeAllTables {
  /** Half of the range of a pixel. */
  private static final float GREY = 127.5f;

  private WinnerTakeAllTables() {}

  /**
   * Returns the decoder's kernels as pictures (Fig. 3): map, height, width, channels, pixels in
   * 0..255; grey is 0, and each kernel is scaled by its largest absolute weight.
   */
  public static Dataset<Row> kernels(WinnerTakeAllModel model, SparkSession spark) {
    Natives.require();
    Layer decoder = model.network().network().getLayer(WinnerTakeAllGraph.DECODER);
    WindowGrid windows = ((WindowLayer) decoder.conf().getLayer()).windows();
    INDArray weights = decoder.getParam("W");
    List<Row> rows = new ArrayList<>();
    for (int map = 0; map < weights.rows(); map++) {
      rows.add(
          RowFactory.create(
              map,
              windows.kernelHeight(),
              windows.kernelWidth(),
              windows.image().channels(),
              pixels(weights.getRow(map).toFloatVector())));
    }
    StructType schema =
        new StructType()
            .add("map", DataTypes.IntegerType)
            .add("height", DataTypes.IntegerType)
            .add("width", DataTypes.IntegerType)
            .add("channels", DataTypes.IntegerType)
            .add("pixels", DataTypes.createArrayType(DataTypes.IntegerType));
    return spark.createDataFrame(rows, schema);
  }

  private static Integer[] pixels(float[] kernel) {
    float largest = Float.MIN_NORMAL;
    for (float weight : kernel) {
      largest = Math.max(largest, Math.abs(weight));
    }
    Integer[] pixels = new Integer[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      pixels[i] = Math.round(GREY + GREY * kernel[i] / largest);
    }
    return pixels;
  }
}
