package org.imageclustering.spark.training.layer;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The numbers of an ND4J array where they lie, outside the heap: as a pointer for matrix products
 * and as a buffer for copies to and from the heap. Valid as long as the array is.
 */
final class NativeFloats {
  private final FloatPointer pointer;
  private final FloatBuffer buffer;

  private NativeFloats(FloatPointer pointer, long length) {
    this.pointer = pointer;
    this.pointer.capacity(length);
    this.buffer = pointer.asBuffer();
  }

  /**
   * Returns the numbers of an array.
   *
   * @throws IllegalArgumentException if they are not single-precision, row-major and contiguous
   */
  static NativeFloats of(INDArray array) {
    if (array.dataType() != DataType.FLOAT || !isRowMajor(array)) {
      throw new IllegalArgumentException(
          "Cannot use an array of type %s, order %s: expected contiguous single-precision rows"
              .formatted(array.dataType(), array.ordering()));
    }
    return new NativeFloats(new FloatPointer(array.data().addressPointer()), array.length());
  }

  /** Returns the array itself, or a row-major copy where it is stored otherwise. */
  static INDArray rowMajor(INDArray array) {
    return isRowMajor(array) ? array : array.dup('c');
  }

  private static boolean isRowMajor(INDArray array) {
    long expected = 1;
    for (int d = array.rank() - 1; d >= 0; d--) {
      if (array.size(d) != 1 && array.stride(d) != expected) {
        return false;
      }
      expected *= array.size(d);
    }
    return true;
  }

  /** Returns a pointer to the number at this index. */
  FloatPointer at(long index) {
    return pointer.getPointer(index);
  }

  /** Returns one number. */
  float get(int index) {
    return buffer.get(index);
  }

  /** Sets one number. */
  void set(int index, float value) {
    buffer.put(index, value);
  }

  /** Copies {@code length} numbers from {@code index} to the start of an array on the heap. */
  void read(int index, float[] to, int length) {
    buffer.get(index, to, 0, length);
  }

  /** Copies the first {@code length} numbers of an array on the heap to {@code index}. */
  void write(int index, float[] from, int length) {
    buffer.put(index, from, 0, length);
  }

  /** Copies numbers to another place outside the heap. */
  void copy(int index, FloatBuffer to, int toIndex, int length) {
    to.put(toIndex, buffer, index, length);
  }

  /** Sets {@code length} numbers from {@code index} to 0. */
  void clear(long index, long length) {
    Pointer.memset(pointer.getPointer(index), 0, length * Float.BYTES);
  }
}
