package org.imageclustering.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.imageclustering.UserException;
import org.imageclustering.spark.job.ExitCode;
import org.imageclustering.spark.job.Sessions;
import org.junit.jupiter.api.Test;

final class MainTest {
  private static SparkConf deployed(String mode) {
    return new SparkConf(false).set("spark.submit.deployMode", mode);
  }

  @Test
  void onlyAGoodEndInTheClusterReturns() {
    boolean isInCluster = Sessions.isInCluster(deployed("cluster"));
    assertThat(Main.endsByReturning(ExitCode.DONE, isInCluster)).isTrue();
    for (int code : new int[] {ExitCode.BUG, ExitCode.LINE, ExitCode.USER}) {
      assertThat(Main.endsByReturning(code, isInCluster)).isFalse();
    }
    assertThat(Main.endsByReturning(ExitCode.DONE, Sessions.isInCluster(deployed("client"))))
        .isFalse();
    assertThat(Main.endsByReturning(ExitCode.DONE, Sessions.isInCluster(new SparkConf(false))))
        .isFalse();
  }

  private static String reported(Throwable e, int exitCode) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      assertThat(Main.report(e, err)).isEqualTo(exitCode);
    }
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void anErrorOfTheUsersIsOneLineAndABugItsStack() {
    UserException error = new UserException("Cannot read: found");
    assertThat(reported(new SparkException("a task failed", error), ExitCode.USER))
        .isEqualTo("Cannot read: found");
    assertThat(reported(new OutOfMemoryError(), ExitCode.USER))
        .startsWith("Cannot finish")
        .doesNotContain("\n");
    assertThat(reported(new IllegalStateException("x"), ExitCode.BUG)).contains("\n", "at org.");
  }
}
