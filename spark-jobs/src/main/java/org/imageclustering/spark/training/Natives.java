package org.imageclustering.spark.training;

import org.imageclustering.UserException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The native library under ND4J: loaded once a JVM, on the driver and on every executor, before
 * anything is trained or encoded there.
 */
public final class Natives {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  /** What the application's jar brings; the launcher gives it to every JVM where the CPU fits. */
  private static final String BROUGHT = "-onednn-avx2";

  private Natives() {}

  /**
   * Loads the library; later calls do nothing.
   *
   * @throws UserException if there is none for this platform
   */
  public static void require() {
    try {
      Loaded.touch();
    } catch (LinkageError e) {
      throw new UserException(
          "Cannot train networks: found no native library for %s %s with extension '%s' (%s), expected Linux on x86-64 with AVX2, or a jar built for this platform"
              .formatted(
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  System.getProperty(EXTENSION, ""),
                  e),
          e);
    }
  }

  /**
   * Returns the error of memory outside the heap that ran out as one that the user can mend.
   *
   * @param error as JavaCPP or ND4J throw it
   */
  public static UserException outOfMemory(OutOfMemoryError error) {
    return new UserException(
        "Cannot train: found memory used up (%s; off-heap limit %s), expected more: raise --driver-memory or spark.executor.memory and spark.executor.memoryOverhead, or lower training.batch"
            .formatted(
                error.getMessage(),
                System.getProperty("org.bytedeco.javacpp.maxbytes", "the heap's size")),
        error);
  }

  /** Initialised by the first touch. */
  private static final class Loaded {
    static {
      if (System.getProperty(EXTENSION) == null) {
        System.setProperty(EXTENSION, BROUGHT);
      }
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
      Nd4j.getMemoryManager().togglePeriodicGc(false);
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    }

    static void touch() {
      // The static block has run.
    }
  }
}
