package org.imageclustering.linalg;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the kernel once a JVM and says which one runs. */
final class SgemmChoice {
  private static final Logger LOG = LoggerFactory.getLogger(Sgemm.class);

  static final Sgemm CHOSEN = choose();

  private SgemmChoice() {}

  private static Sgemm choose() {
    Sgemm chosen;
    try {
      chosen = new OpenBlasSgemm();
    } catch (LinkageError e) {
      LOG.warn(
          "No native BLAS on this platform ({}); the slower Java kernel is used", e.toString());
      chosen = new JavaSgemm();
    }
    LOG.info("Matrix products by {}", chosen.description());
    return chosen;
  }
}
