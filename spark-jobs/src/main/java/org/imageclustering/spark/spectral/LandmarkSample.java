package org.imageclustering.spark.spectral;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spark.session.Draw;

/**
 * The points that are fitted, on the driver, in the order of their ids: all of them, or those with
 * the smallest hash of (seed, id), so that neither partitioning nor the order of the rows matters.
 */
final class LandmarkSample {
  private final long[] ids;
  private final FloatMatrix points;
  private final long rowCount;

  private LandmarkSample(long[] ids, FloatMatrix points, long rowCount) {
    this.ids = ids;
    this.points = points;
    this.rowCount = rowCount;
  }

  /**
   * Collects the sample: one count and one pass, at most about {@code 8 d} bytes a landmark on the
   * driver while it is gathered.
   *
   * @throws UserException if an id occurs twice, or a vector is null, not finite or of another
   *     length than the others
   */
  static LandmarkSample of(
      Dataset<?> rows, String idCol, String featuresCol, int landmarks, long seed) {
    Dataset<Row> two = rows.select(rows.col(idCol).cast(DataTypes.LongType), rows.col(featuresCol));
    VectorColumn column = VectorColumn.of(two.schema(), featuresCol);
    JavaRDD<IdentifiedVector> vectors = two.javaRDD().map(row -> read(row, column));
    long rowCount = two.count();
    double share = Draw.share(landmarks, rowCount);
    List<IdentifiedVector> drawn =
        vectors.filter(v -> v.problem != null || Draw.hash(seed, v.id) < share).collect();
    for (IdentifiedVector vector : drawn) {
      if (vector.problem != null) {
        throw new UserException(vector.problem);
      }
    }
    IdentifiedVector[] kept =
        Draw.smallest(drawn.toArray(new IdentifiedVector[0]), landmarks, seed, v -> v.id);
    return gathered(kept, column, rowCount);
  }

  /** Returns the ids, ascending. */
  long[] ids() {
    return ids;
  }

  /** Returns the points in the order of their ids, n x d. */
  FloatMatrix points() {
    return points;
  }

  /** Returns how many rows there were to draw from. */
  long rowCount() {
    return rowCount;
  }

  private static IdentifiedVector read(Row row, VectorColumn column) {
    if (row.isNullAt(0)) {
      return IdentifiedVector.unreadable(
          0, "Cannot cluster: found a row without an id, expected a number");
    }
    long id = row.getLong(0);
    try {
      return IdentifiedVector.of(id, column.read(row, place(id)));
    } catch (UserException e) {
      return IdentifiedVector.unreadable(id, e.getMessage());
    }
  }

  private static String place(long id) {
    return "the row of id " + id;
  }

  private static LandmarkSample gathered(
      IdentifiedVector[] kept, VectorColumn column, long rowCount) {
    if (kept.length == 0) {
      throw new UserException("Cannot cluster: found no rows, expected at least two");
    }
    int d = kept[0].vector.length;
    long[] ids = new long[kept.length];
    FloatMatrix points = FloatMatrix.zeros(kept.length, d);
    for (int i = 0; i < kept.length; i++) {
      ids[i] = kept[i].id;
      if (i > 0 && ids[i] == ids[i - 1]) {
        throw new UserException(
            "Cannot cluster: found id %d in several rows, expected unique ids".formatted(ids[i]));
      }
      if (kept[i].vector.length != d) {
        throw column.otherLength(place(ids[i]), kept[i].vector.length, d);
      }
      System.arraycopy(kept[i].vector, 0, points.values(), points.offset(i), d);
    }
    return new LandmarkSample(ids, points, rowCount);
  }
}
