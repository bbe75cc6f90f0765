package org.imageclustering.linalg;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.OPENBLAS_VERSION;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The product by OpenBLAS, one thread a call.
 *
 * <p>The binding copies a whole Java array to native memory and back, however small the part that
 * is multiplied. So the parts go through buffers outside the heap, three a thread; A and C pass in
 * blocks of rows of at most {@link #BLOCK_FLOATS} numbers, B as a whole.
 */
final class OpenBlasSgemm implements Sgemm {
  private static final int BLOCK_FLOATS = 1 << 20;

  /** Rows of a block are a multiple of this: every kernel then treats them alike. */
  private static final int ROW_UNIT = 48;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  OpenBlasSgemm() {
    blas_set_num_threads(1);
  }

  @Override
  public void timesTransposed(
      int m, int n, int d, float[] a, int aOffset, float[] b, int bOffset, float[] c) {
    multiply(CblasTrans, m, n, d, a, aOffset, b, bOffset, c);
  }

  @Override
  public void times(int m, int n, int k, float[] a, float[] b, float[] c) {
    multiply(CblasNoTrans, m, n, k, a, 0, b, 0, c);
  }

  @Override
  public void transposedTimes(
      int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset, float[] c) {
    Scratch scratch = SCRATCH.get();
    scratch.a.load(a, aOffset, Math.multiplyExact(k, m));
    scratch.b.load(b, bOffset, Math.multiplyExact(k, n));
    FloatPointer product = scratch.c.reserve(Math.multiplyExact(m, n));
    FloatPointer left = scratch.a.pointer;
    FloatPointer right = scratch.b.pointer;
    cblas_sgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k, 1f, left, m, right, n, 0f, product, n);
    scratch.c.unload(c, 0, m * n);
  }

  @Override
  public String description() {
    String coreType = System.getenv("OPENBLAS_CORETYPE");
    return "OpenBLAS "
        + OPENBLAS_VERSION.replace("OpenBLAS", "").trim()
        + (coreType == null ? ", kernel of its own choice" : ", kernel " + coreType);
  }

  private static void multiply(
      int transB,
      int m,
      int n,
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c) {
    Scratch scratch = SCRATCH.get();
    int block = Math.min(m, rowsOfBlock(Math.max(n, depth)));
    scratch.b.load(b, bOffset, Math.multiplyExact(n, depth));
    int leadB = transB == CblasTrans ? depth : n;
    for (int row = 0; row < m; row += block) {
      int rows = Math.min(block, m - row);
      scratch.a.load(a, aOffset + row * depth, rows * depth);
      FloatPointer product = scratch.c.reserve(rows * n);
      cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          transB,
          rows,
          n,
          depth,
          1f,
          scratch.a.pointer,
          depth,
          scratch.b.pointer,
          leadB,
          0f,
          product,
          n);
      scratch.c.unload(c, row * n, rows * n);
    }
  }

  private static int rowsOfBlock(int width) {
    return Math.max(1, BLOCK_FLOATS / width / ROW_UNIT) * ROW_UNIT;
  }

  /** The buffers of one thread. */
  private static final class Scratch {
    private final NativeFloats a = new NativeFloats();
    private final NativeFloats b = new NativeFloats();
    private final NativeFloats c = new NativeFloats();
  }

  /** Numbers outside the heap; grows, never shrinks. */
  private static final class NativeFloats {
    private FloatPointer pointer = new FloatPointer();
    private FloatBuffer buffer = FloatBuffer.allocate(0);

    FloatPointer reserve(int length) {
      if (buffer.capacity() < length) {
        pointer.deallocate();
        pointer = new FloatPointer((long) length + length / 4);
        buffer = pointer.asBuffer();
      }
      return pointer;
    }

    void load(float[] from, int offset, int length) {
      reserve(length);
      buffer.clear().put(from, offset, length);
    }

    void unload(float[] to, int offset, int length) {
      buffer.clear().get(to, offset, length);
    }
  }
}
