package org.imageclustering.spark.training.layer;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;
import org.imageclustering.linalg.Parallel;

/**
 * Products of row-major single-precision matrices outside the heap, by OpenBLAS, one thread a call.
 * The {@code split} forms cut the columns of the result into strips that run side by side: each
 * strip packs its own part of the large operand, which a cut by rows would pack again and again. A
 * strip's width depends on the matrix alone, so the result does not depend on the number of cores.
 */
final class Gemm {
  /** Columns of a strip: a multiple of every kernel's unit. */
  private static final int STRIP = 192;

  static {
    // Before the first product: one on several threads differs from one on one in its last bits.
    blas_set_num_threads(1);
  }

  private Gemm() {}

  /** Writes {@code C = A B} with A m x k, B k x n. */
  static void times(int m, int n, int k, FloatPointer a, FloatPointer b, FloatPointer c) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1f, a, k, b, n, 0f, c, n);
  }

  /** Writes {@code C = A B + beta C} with A m x k, B k x n. */
  static void times(
      int m, int n, int k, FloatPointer a, FloatPointer b, float beta, FloatPointer c) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1f, a, k, b, n, beta, c, n);
  }

  /** Writes {@code C = A B^T} with A m x k, B n x k. */
  static void timesTransposed(int m, int n, int k, FloatPointer a, FloatPointer b, FloatPointer c) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, 1f, a, k, b, k, 0f, c, n);
  }

  /** Writes {@code C = A^T B} with A k x m, B k x n. */
  static void transposedTimes(int m, int n, int k, FloatPointer a, FloatPointer b, FloatPointer c) {
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k, 1f, a, m, b, n, 0f, c, n);
  }

  /** Writes {@code C = A B} with A m x k, B k x n, strips of columns of B side by side. */
  static void splitTimes(int m, int n, int k, NativeFloats a, NativeFloats b, NativeFloats c) {
    Parallel.forChunks(
        n,
        STRIP,
        (chunk, from, until) ->
            cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasNoTrans,
                m,
                until - from,
                k,
                1f,
                a.at(0),
                k,
                b.at(from),
                n,
                0f,
                c.at(from),
                n));
  }

  /** Writes {@code C = A B^T} with A m x k, B n x k, strips of rows of B side by side. */
  static void splitTimesTransposed(
      int m, int n, int k, NativeFloats a, NativeFloats b, NativeFloats c) {
    Parallel.forChunks(
        n,
        STRIP,
        (chunk, from, until) ->
            cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasTrans,
                m,
                until - from,
                k,
                1f,
                a.at(0),
                k,
                b.at((long) from * k),
                k,
                0f,
                c.at(from),
                n));
  }

  /** Writes {@code C = A^T B} with A k x m, B k x n, strips of columns of A side by side. */
  static void splitTransposedTimes(
      int m, int n, int k, NativeFloats a, NativeFloats b, NativeFloats c) {
    Parallel.forChunks(
        m,
        STRIP,
        (chunk, from, until) ->
            cblas_sgemm(
                CblasRowMajor,
                CblasTrans,
                CblasNoTrans,
                until - from,
                n,
                k,
                1f,
                a.at(from),
                m,
                b.at(0),
                n,
                0f,
                c.at((long) from * n),
                n));
  }
}
