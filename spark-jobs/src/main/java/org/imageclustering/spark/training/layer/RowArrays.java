package org.imageclustering.spark.training.layer;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Makes arrays of rows in one copy; {@code Nd4j.create} takes number by number. */
public final class RowArrays {
  private RowArrays() {}

  /**
   * Returns an array of its own.
   *
   * @param values rows x columns, row-major; not modified
   */
  public static INDArray of(float[] values, int rows, int columns) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, columns}, 'c');
    NativeFloats.of(array).write(0, values, rows * columns);
    return array;
  }
}
