package org.imageclustering.spark.refine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.SparseRows;
import org.imageclustering.refine.PrincipalComponents;
import org.imageclustering.refine.TrainingSet;
import org.imageclustering.spark.session.Draw;
import org.imageclustering.spark.sparse.PartedRows;
import org.imageclustering.spark.sparse.SparseRow;

/** The rows with the smallest hash of (seed, id), on the driver. */
final class RefinementSample {
  /** Rows of one block of the sample that principal components are fitted on. */
  private static final int BLOCK = 1024;

  private final JavaRDD<AssignedRow> rows;
  private final long count;
  private final long seed;

  /**
   * A sample of rows.
   *
   * @param count how many rows there are
   */
  RefinementSample(JavaRDD<AssignedRow> rows, long count, long seed) {
    this.rows = rows;
    this.count = count;
    this.seed = seed;
  }

  /** Returns some rows scaled to length 1, by id, in blocks; their entries reach the driver. */
  SparseRows[] unitRows(int most, int width) {
    AssignedRow[] drawn = drawn(withUnitLength(rows), most);
    SparseRows[] blocks = new SparseRows[(drawn.length - 1) / BLOCK + 1];
    for (int b = 0; b < blocks.length; b++) {
      List<SparseRow> some = new ArrayList<>();
      for (int i = b * BLOCK; i < Math.min(drawn.length, (b + 1) * BLOCK); i++) {
        some.add(drawn[i].row());
      }
      blocks[b] = PartedRows.block(some, width);
    }
    return blocks;
  }

  private static JavaRDD<AssignedRow> withUnitLength(JavaRDD<AssignedRow> rows) {
    return rows.map(row -> row.withPoint(PrincipalComponents.unit(row.row().values())));
  }

  /** Returns some rows as points with their initial clusters: {@code 4 d + 12} bytes a row. */
  TrainingSet points(int most, PrincipalComponents components) {
    Broadcast<PrincipalComponents> sent =
        JavaSparkContext.fromSparkContext(rows.context()).broadcast(components);
    try {
      return trainingSet(drawn(projected(rows, sent), most));
    } finally {
      sent.destroy();
    }
  }

  private static JavaRDD<AssignedRow> projected(
      JavaRDD<AssignedRow> rows, Broadcast<PrincipalComponents> sent) {
    return rows.map(
        row -> row.withPoint(sent.value().point(row.row().columns(), row.row().values())));
  }

  private TrainingSet trainingSet(AssignedRow[] drawn) {
    int n = drawn.length;
    FloatMatrix points = FloatMatrix.zeros(n, drawn[0].row().values().length);
    int[] clusters = new int[n];
    float[] confidence = new float[n];
    for (int i = 0; i < n; i++) {
      float[] point = drawn[i].row().values();
      System.arraycopy(point, 0, points.values(), points.offset(i), point.length);
      clusters[i] = drawn[i].cluster();
      confidence[i] = drawn[i].confidence();
    }
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    // Another draw than the sample's own, which would put its rim into the last subset.
    Arrays.sort(
        order,
        Comparator.<Integer>comparingDouble(i -> Draw.hash(~seed, drawn[i].id()))
            .thenComparingInt(i -> i));
    int[] shuffled = Arrays.stream(order).mapToInt(i -> i).toArray();
    return new TrainingSet(points, clusters, confidence, shuffled);
  }

  /** Returns the drawn rows by id. */
  private AssignedRow[] drawn(JavaRDD<AssignedRow> from, int most) {
    double share = Draw.share(most, count);
    long drawSeed = seed;
    List<AssignedRow> collected = filtered(from, share, drawSeed).collect();
    AssignedRow.requireNoProblem(collected);
    return Draw.smallest(collected.toArray(new AssignedRow[0]), most, seed, AssignedRow::id);
  }

  private static JavaRDD<AssignedRow> filtered(JavaRDD<AssignedRow> rows, double share, long seed) {
    return rows.filter(row -> row.isProblem() || Draw.hash(seed, row.id()) < share);
  }
}
