package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import org.apache.spark.SparkException;
import org.assertj.core.api.Assertions;
import org.imageclustering.UserException;
import org.imageclustering.spark.job.Failure.Kind;
import org.junit.jupiter.api.Test;

final class FailureTest {
  private static Throwable inTask(Throwable cause) {
    return new SparkException("Job aborted due to stage failure", new SparkException("x", cause));
  }

  @Test
  void anErrorOfTheUsersIsFoundBelowThatOfSpark() {
    UserException error = new UserException("Cannot read:\nfound");
    for (Throwable e : new Throwable[] {error, inTask(error)}) {
      assertThat(Failure.of(e)).isEqualTo(new Failure(Kind.INPUT, "Cannot read: found"));
      assertThat(Failure.of(e).exitCode()).isEqualTo(ExitCode.USER);
    }
  }

  @Test
  void soIsAFullHeap() {
    Failure failure = Failure.of(inTask(new OutOfMemoryError("Java heap space")));
    assertThat(failure.kind()).isEqualTo(Kind.MEMORY);
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USER);
    assertThat(failure.message()).startsWith("Cannot finish").contains("--driver-memory");
  }

  @Test
  void aValueOfTheWrongTypeIsTheUsers() {
    Throwable e = Assertions.catchThrowable(() -> ConfigFactory.empty().getInt("clusters"));
    assertThat(Failure.of(e).kind()).isEqualTo(Kind.INPUT);
    assertThat(Failure.of(e).message()).startsWith("Cannot use the configuration: ");
  }

  @Test
  void allElseIsABug() {
    Failure failure = Failure.of(inTask(new IllegalStateException("x")));
    assertThat(failure).isEqualTo(new Failure(Kind.BUG, "a bug; the log has the stack trace"));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.BUG);
  }
}
