package org.imageclustering.linalg;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.nio.FloatBuffer;
import org.bytedeco.openblas.global.openblas;

/** The product by OpenBLAS, one thread a call. */
final class OpenBlasSgemm implements Sgemm {
  OpenBlasSgemm() {
    blas_set_num_threads(1);
  }

  @Override
  public void timesTransposed(
      int m, int n, int d, float[] a, int aOffset, float[] b, int bOffset, float[] c) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasTrans,
        m,
        n,
        d,
        1f,
        FloatBuffer.wrap(a, aOffset, m * d),
        d,
        FloatBuffer.wrap(b, bOffset, n * d),
        d,
        0f,
        FloatBuffer.wrap(c, 0, m * n),
        n);
  }

  @Override
  public void times(int m, int n, int k, float[] a, float[] b, float[] c) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1f, a, k, b, n, 0f, c, n);
  }

  @Override
  public String description() {
    return "OpenBLAS " + openblas.blas_get_vendor();
  }
}
