package org.imageclustering.spark.training;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spark.session.ArrayTable;

/**
 * A training between two epochs: the network with its updater's state, the centres (none before
 * there are clusters), the epoch, and what was measured so far. All of it is on the driver, as a
 * table where a stage store keeps it.
 */
public final class Checkpoint {
  private static final int ROW = 1 << 14;

  /** A count is kept as two numbers of so many bits, as a single one is exact up to 2^24 alone. */
  private static final int HALF = 16;

  private final NetworkState state;
  private final float[][] centres;
  private final int epoch;
  private final boolean converged;
  private final LearningCurve curve;

  /**
   * What there is between two epochs.
   *
   * @param centres K x d, or null
   * @param epoch the number of epochs so far
   * @param converged whether there is nothing more to do
   */
  public Checkpoint(
      NetworkState state, float[][] centres, int epoch, boolean converged, LearningCurve curve) {
    this.state = state;
    this.centres = centres;
    this.epoch = epoch;
    this.converged = converged;
    this.curve = curve;
  }

  /** Returns the network. */
  public NetworkState state() {
    return state;
  }

  /** Returns the centres, K x d, or null before there are clusters. */
  float[][] centres() {
    return centres;
  }

  /** Returns the number of epochs so far. */
  public int epoch() {
    return epoch;
  }

  /** Tells whether the training is over before its last epoch. */
  public boolean isConverged() {
    return converged;
  }

  /** Returns what was measured so far. */
  public LearningCurve curve() {
    return curve;
  }

  /** Returns everything as a table, from which {@link #read} makes it again. */
  public Dataset<Row> table(SparkSession spark) {
    Map<String, FloatMatrix> arrays = new HashMap<>();
    put(arrays, "parameters", state.parameters());
    put(arrays, "updater", state.updater());
    int steps = ComputationGraphConfiguration.fromJson(state.configuration()).getIterationCount();
    arrays.put(
        "counts",
        halves(epoch, steps, state.parameters().length, state.updater().length, converged ? 1 : 0));
    if (centres != null) {
      arrays.put("centres", FloatMatrix.ofRows(centres));
    }
    if (curve.epochs() > 0) {
      arrays.put("curve", curve.matrix());
    }
    return ArrayTable.of(spark, arrays);
  }

  /**
   * Returns what a table holds.
   *
   * @param configuration of the network; the number of steps comes from the table
   * @param parameterCount of the network
   * @param none a curve without epochs, of the figures that the training measures
   * @throws UserException if the table is of another network or version
   */
  public static Checkpoint read(
      Dataset<Row> table,
      ComputationGraphConfiguration configuration,
      int parameterCount,
      LearningCurve none) {
    Map<String, FloatMatrix> arrays = ArrayTable.read(table);
    if (!arrays.containsKey("counts")) {
      throw new UserException(
          "Cannot resume the training: found a checkpoint of an earlier version, expected one of this: give --overwrite to start anew");
    }
    int[] counts = whole(arrays.get("counts"));
    if (counts[2] != parameterCount) {
      throw new UserException(
          "Cannot resume the training: found a checkpoint of a network with %d parameters, expected %d: give --overwrite to start anew"
              .formatted(counts[2], parameterCount));
    }
    configuration.setIterationCount(counts[1]);
    NetworkState state =
        new NetworkState(
            configuration.toJson(),
            get(arrays, "parameters", counts[2]),
            get(arrays, "updater", counts[3]));
    FloatMatrix curve = arrays.get("curve");
    return new Checkpoint(
        state,
        arrays.containsKey("centres") ? arrays.get("centres").toRows() : null,
        counts[0],
        counts[4] == 1,
        curve == null ? none : none.with(curve));
  }

  /** Returns counts of 0 or more as two rows, their upper and their lower halves. */
  private static FloatMatrix halves(int... counts) {
    FloatMatrix halves = FloatMatrix.zeros(2, counts.length);
    for (int i = 0; i < counts.length; i++) {
      halves.values()[i] = counts[i] >>> HALF;
      halves.values()[counts.length + i] = counts[i] & ((1 << HALF) - 1);
    }
    return halves;
  }

  private static int[] whole(FloatMatrix halves) {
    int[] counts = new int[halves.columns()];
    for (int i = 0; i < counts.length; i++) {
      int upper = (int) halves.values()[i];
      counts[i] = (upper << HALF) + (int) halves.values()[counts.length + i];
    }
    return counts;
  }

  private static void put(Map<String, FloatMatrix> arrays, String name, float[] values) {
    if (values.length > 0) {
      int rows = (values.length + ROW - 1) / ROW;
      FloatMatrix matrix = FloatMatrix.zeros(rows, ROW);
      System.arraycopy(values, 0, matrix.values(), 0, values.length);
      arrays.put(name, matrix);
    }
  }

  private static float[] get(Map<String, FloatMatrix> arrays, String name, int length) {
    FloatMatrix matrix = arrays.get(name);
    return matrix == null ? new float[0] : java.util.Arrays.copyOf(matrix.values(), length);
  }
}
