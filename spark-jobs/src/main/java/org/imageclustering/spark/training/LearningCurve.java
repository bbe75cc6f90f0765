package org.imageclustering.spark.training;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.linalg.FloatMatrix;

/** What was measured after each epoch. */
public final class LearningCurve {
  private static final String[] JOINT = {
    "epoch", "lambda", "loss", "distance", "spread", "changed", "smallest", "largest", "seconds"
  };

  private final String[] columns;
  private final List<float[]> rows = new ArrayList<>();

  /** A curve without epochs, of an autoencoder with clusters. */
  LearningCurve() {
    this(JOINT);
  }

  /**
   * A curve without epochs.
   *
   * @param columns the names of the figures; the first is {@code epoch}
   */
  public LearningCurve(String... columns) {
    this.columns = columns.clone();
  }

  /** Returns a curve of the same figures with the epochs of a saved one. */
  LearningCurve with(FloatMatrix saved) {
    LearningCurve curve = new LearningCurve(columns);
    for (int i = 0; i < saved.rows(); i++) {
      curve.rows.add(saved.row(i));
    }
    return curve;
  }

  /** Adds an epoch's figures, as many as there are columns; not copied. */
  public void addRow(float... figures) {
    rows.add(figures);
  }

  void add(Epoch epoch) {
    rows.add(
        new float[] {
          epoch.number,
          (float) epoch.lambda,
          (float) epoch.loss,
          (float) epoch.distance,
          (float) epoch.spread,
          (float) epoch.changed,
          epoch.smallest,
          epoch.largest,
          (float) epoch.seconds
        });
  }

  FloatMatrix matrix() {
    FloatMatrix matrix = FloatMatrix.zeros(rows.size(), columns.length);
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, matrix.values(), matrix.offset(i), columns.length);
    }
    return matrix;
  }

  /** Returns the number of epochs. */
  public int epochs() {
    return rows.size();
  }

  /**
   * Returns one row an epoch. Of an autoencoder with clusters: epoch; lambda (0: reconstruction
   * alone); loss (mean of an image); distance (mean squared distance to the centre; NaN without
   * clusters); spread (root mean variance of the code's entries); changed (share of the images in
   * another cluster than before); smallest and largest cluster; seconds.
   */
  public Dataset<Row> table(SparkSession spark) {
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, DataTypes.DoubleType, true);
    }
    List<Row> table = new ArrayList<>();
    for (float[] values : rows) {
      Object[] fields = new Object[values.length];
      for (int i = 0; i < values.length; i++) {
        fields[i] = Float.isNaN(values[i]) ? null : Double.valueOf(Float.toString(values[i]));
      }
      table.add(RowFactory.create(fields));
    }
    return spark.createDataFrame(table, schema);
  }

  /** One epoch's figures; those of clusters are absent before there are any. */
  static final class Epoch {
    int number;
    double lambda;
    double loss;
    double distance = Double.NaN;
    double spread;
    double changed = Double.NaN;
    long smallest;
    long largest;
    double seconds;

    @Override
    public String toString() {
      String clusters =
          largest == 0
              ? ""
              : "distance %.4f, changed %.4f, clusters of %d to %d, "
                  .formatted(distance, changed, smallest, largest);
      return "epoch %d: lambda %.3g, loss %.4f, spread %.4f, %s%.1f s"
          .formatted(number, lambda, loss, spread, clusters, seconds);
    }
  }
}
