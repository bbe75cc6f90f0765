package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.spark.job.RunDirectory.Existing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run.json} says what the process says. */
final class RunScopeIT {
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 2)
          .getOrCreate();

  @TempDir Path folder;

  /** Has a run fail of an error that a task met, and returns what the scope throws. */
  private Throwable fail(Throwable cause) {
    IllegalStateException error = new IllegalStateException("a task failed", cause);
    RunDirectory run =
        RunDirectory.open(
                folder.resolve("run").toString(),
                "cluster",
                Identity.of("cluster k-means", "f00d", Map.of()),
                Existing.KEEP,
                SPARK.sessionState().newHadoopConf())
            .orElseThrow();
    Throwable thrown =
        catchThrowable(
            () ->
                RunScope.within(
                    SPARK,
                    run,
                    opened -> {
                      opened.record().beginStage("prepare");
                      throw error;
                    },
                    false));
    assertThat(thrown).isSameAs(error);
    return thrown;
  }

  private String record() throws IOException {
    return Files.readString(folder.resolve("run/run.json"));
  }

  @Test
  void aFullHeapIsNoBug() throws IOException {
    Failure failure = Failure.of(fail(new OutOfMemoryError("Java heap space")));
    assertThat(record()).contains("\"exitCode\" : 3", failure.message(), "\"prepare\"");
  }

  @Test
  void anErrorOfTheUsersThatATaskMetLeavesNothing() {
    fail(new UserException("Cannot read: found this, expected that"));
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aBugIsOne() throws IOException {
    fail(new ArithmeticException("/ by zero"));
    assertThat(record()).contains("\"exitCode\" : 1", "a bug; the log has the stack trace");
  }
}
