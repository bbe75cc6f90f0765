package org.imageclustering.spark.evaluate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.linalg.FloatMatrix;

/**
 * Some images of a run with the vectors that they were clustered by, on the driver: for what is too
 * dear to compute of all. Which images is a function of their ids alone.
 */
public final class VectorSample {
  private static final int MAXIMUM_NUMBERS = 16_000_000;
  private static final long SEED = 1;

  private final String space;
  private final long[] ids;
  private final int[] predictions;
  private final FloatMatrix points;

  private VectorSample(String space, long[] ids, int[] predictions, FloatMatrix points) {
    this.space = space;
    this.ids = ids;
    this.predictions = predictions;
    this.points = points;
  }

  /**
   * Draws a sample from the run's embedding where it has one, else from its features; nothing where
   * it has neither. At most {@code images} rows and 16 million numbers (64 MB, on the way several
   * times as much) reach the driver.
   */
  public static Optional<VectorSample> draw(RunFiles run, int images) {
    for (String space : List.of("embedding", "features")) {
      if (run.exists(space)) {
        return Optional.of(draw(run, space, images)).filter(sample -> sample.points.rows() > 0);
      }
    }
    return Optional.empty();
  }

  /** Returns where the vectors are from: embedding or features. */
  public String space() {
    return space;
  }

  /** Returns the ids themselves, ascending. */
  public long[] ids() {
    return ids;
  }

  /** Returns the cluster of each image, the array itself. */
  public int[] predictions() {
    return predictions;
  }

  /** Returns the vectors, one row an image. */
  public FloatMatrix points() {
    return points;
  }

  private static VectorSample draw(RunFiles run, String space, int images) {
    Dataset<Row> table = run.table(space);
    Dataset<Row> vectors = table.select(col("id"), asArray(table, space));
    List<Row> first = vectors.limit(1).collectAsList();
    int dimension = first.isEmpty() ? 0 : first.get(0).getList(1).size();
    int cap = Math.min(images, MAXIMUM_NUMBERS / Math.max(1, dimension));
    Dataset<Row> chosen =
        run.table("assignments")
            .select("id", "prediction")
            .orderBy(xxhash64(lit(SEED), col("id")), col("id"))
            .limit(Math.max(2, cap));
    List<Row> rows = vectors.join(broadcast(chosen), "id").orderBy("id").collectAsList();
    return ofRows(space, rows, dimension);
  }

  private static VectorSample ofRows(String space, List<Row> rows, int dimension) {
    long[] ids = new long[rows.size()];
    int[] predictions = new int[rows.size()];
    FloatMatrix points = FloatMatrix.zeros(rows.size(), dimension);
    for (int i = 0; i < ids.length; i++) {
      ids[i] = rows.get(i).getLong(0);
      List<Float> vector = rows.get(i).getList(1);
      for (int j = 0; j < dimension; j++) {
        points.values()[points.offset(i) + j] = vector.get(j);
      }
      predictions[i] = rows.get(i).getInt(2);
    }
    return new VectorSample(space, ids, predictions, points);
  }

  private static Column asArray(Dataset<Row> table, String column) {
    boolean isVector = table.schema().apply(column).dataType().equals(SQLDataTypes.VectorType());
    Column array = isVector ? functions.vector_to_array(col(column), "float32") : col(column);
    return array.cast("array<float>").as("vector");
  }
}
