package org.imageclustering.spark.spectral;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import scala.collection.Seq;

/** A row of a saved model's landmarks with its arrays unboxed, to be collected. */
final class LandmarkRow implements Serializable {
  private static final long serialVersionUID = 1L;

  final int landmark;
  final float[] features;
  final float[] embedding;
  final int prediction;
  final float confidence;
  final float scale;
  final int[] candidates;

  private LandmarkRow(
      int landmark,
      float[] features,
      float[] embedding,
      int prediction,
      float confidence,
      float scale,
      int[] candidates) {
    this.landmark = landmark;
    this.features = features;
    this.embedding = embedding;
    this.prediction = prediction;
    this.confidence = confidence;
    this.scale = scale;
    this.candidates = candidates;
  }

  static LandmarkRow of(Row row) {
    return new LandmarkRow(
        row.getInt(0),
        floats(row.getAs(1)),
        floats(row.getAs(2)),
        row.getInt(3),
        row.getFloat(4),
        row.getFloat(5),
        ints(row.getAs(6)));
  }

  private static float[] floats(Seq<Float> values) {
    float[] floats = new float[values.size()];
    for (int j = 0; j < floats.length; j++) {
      floats[j] = values.apply(j);
    }
    return floats;
  }

  private static int[] ints(Seq<Integer> values) {
    int[] ints = new int[values.size()];
    for (int j = 0; j < ints.length; j++) {
      ints[j] = values.apply(j);
    }
    return ints;
  }
}
