package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.imageclustering.UserException;
import org.imageclustering.spark.job.RunDirectory.Existing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunDirectoryTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  private static Identity identity(String seed) {
    return Identity.of("cluster k-means", "f00d", Map.of("seed", seed));
  }

  private Optional<RunDirectory> open(String seed, Existing existing) {
    return RunDirectory.open(
        folder.resolve("run").toString(), "cluster", identity(seed), existing, HADOOP);
  }

  private void finished(String seed) {
    try (RunDirectory run = open(seed, Existing.KEEP).orElseThrow()) {
      run.finish(false);
    }
  }

  /**
   * Leaves a run as a process that was killed leaves it: its lease names a process that is gone.
   */
  private void interrupted(String seed) {
    try (RunDirectory run = open(seed, Existing.KEEP).orElseThrow()) {
      run.record().beginStage("layer-first");
      run.record().putInStage("layer-first", "state", "done");
      run.save();
    }
    replaceInRecord("\"processStart\" : \".*?\"", "\"processStart\" : \"2001-01-01T00:00:00Z\"");
  }

  private void replaceInRecord(String regex, String replacement) {
    Path json = folder.resolve("run/run.json");
    try {
      Files.writeString(json, Files.readString(json).replaceAll(regex, replacement));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theSameFinishedRunIsLeftAlone() {
    finished("1");
    assertThat(open("1", Existing.KEEP)).isEmpty();
    assertThat(open("1", Existing.RESUME)).isEmpty();
  }

  @Test
  void aFinishedRunOfOtherSettingsNamesTheKeys() {
    finished("1");
    assertThatThrownBy(() -> open("2", Existing.KEEP))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected the same settings or --overwrite")
        .hasMessageEndingWith("what differs: seed (1 there, 2 now)");
    assertThatThrownBy(() -> open("2", Existing.RESUME)).isInstanceOf(UserException.class);
  }

  @Test
  void overwriteStartsAnew() throws IOException {
    finished("1");
    Files.writeString(folder.resolve("run/old"), "old");
    try (RunDirectory run = open("2", Existing.OVERWRITE).orElseThrow()) {
      assertThat(folder.resolve("run/old")).doesNotExist();
      assertThat(run.record().identity().hash()).isEqualTo(identity("2").hash());
    }
  }

  @Test
  void anInterruptedRunNeedsTheFlag() {
    interrupted("1");
    assertThatThrownBy(() -> open("1", Existing.KEEP))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "found it interrupted before its end, expected --resume to continue it or --overwrite to"
                + " start anew");
    try (RunDirectory run = open("1", Existing.RESUME).orElseThrow()) {
      assertThat(run.record().finishedStage("layer-first")).isPresent();
    }
  }

  @Test
  void aRunThatIsToldToStopSaysSoAndIsContinued() {
    try (RunDirectory run = open("1", Existing.KEEP).orElseThrow()) {
      run.interrupt();
      run.save();
      run.fail(ExitCode.USER, "what fails because Spark stops", false);
    }
    assertThat(folder.resolve("run/run.json"))
        .content()
        .contains("\"state\" : \"interrupted\"", "continue with --resume")
        .doesNotContain("lease", "Spark stops");
    assertThatThrownBy(() -> open("1", Existing.KEEP)).hasMessageContaining("interrupted before");
    try (RunDirectory run = open("1", Existing.RESUME).orElseThrow()) {
      run.finish(false);
      run.interrupt();
      assertThat(run.record().isFinished()).isTrue();
    }
  }

  @Test
  void aSecondWriterIsRefused() {
    try (RunDirectory first = open("1", Existing.KEEP).orElseThrow()) {
      assertThat(first.record().text("state")).isEqualTo("running");
      for (Existing existing : Existing.values()) {
        assertThatThrownBy(() -> open("1", existing))
            .isInstanceOf(UserException.class)
            .hasMessageContaining("process " + ProcessHandle.current().pid())
            .hasMessageEndingWith("expected no other writer");
      }
    }
  }

  @Test
  void theClaimOfAnotherMachineHoldsUntilItExpires() {
    ObjectNode claim = new Lease().toJson(Instant.now());
    claim.put("host", "elsewhere");
    claim.put("processStart", "2001-01-01T00:00:00Z");
    Instant afterwards = Instant.now().plus(Lease.LIFETIME).plus(Duration.ofSeconds(1));
    assertThat(Lease.holds(claim, Instant.now())).isTrue();
    assertThat(Lease.holds(claim, afterwards)).isFalse();
  }

  @Test
  void aWriterThatLostItsLeaseWritesNoMore() {
    interrupted("1");
    try (RunDirectory first = open("1", Existing.RESUME).orElseThrow()) {
      replaceInRecord("\"id\" : \".*?\"", "\"id\" : \"somebody-else\"");
      assertThatThrownBy(
              () -> {
                first.beat();
                first.save();
              })
          .isInstanceOf(UserException.class)
          .hasMessageContaining("expected no other writer");
    }
  }

  @Test
  void anErrorOfTheUsersLeavesNothing() throws IOException {
    try (RunDirectory run = open("1", Existing.KEEP).orElseThrow()) {
      Files.writeString(folder.resolve("run/half"), "half");
      run.fail(ExitCode.USER, "Cannot", false);
    }
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void inClusterModeTheRecordTellsTheErrorAndIsInNobodysWay() {
    try (RunDirectory run = open("1", Existing.KEEP).orElseThrow()) {
      run.fail(ExitCode.USER, "Cannot", true);
    }
    assertThat(folder.resolve("run/run.json")).content().contains("\"message\" : \"Cannot\"");
    try (RunDirectory run = open("2", Existing.KEEP).orElseThrow()) {
      assertThat(run.record().identity().hash()).isEqualTo(identity("2").hash());
    }
  }

  @Test
  void aBugKeepsWhatWasDone() {
    try (RunDirectory run = open("1", Existing.KEEP).orElseThrow()) {
      run.fail(ExitCode.BUG, "a bug", false);
    }
    assertThat(folder.resolve("run/run.json")).content().contains("\"exitCode\" : 1");
    assertThatThrownBy(() -> open("1", Existing.KEEP)).hasMessageContaining("found it failed");
  }

  @Test
  void adirectoryThatIsNoRunIsNeverTouched() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/thesis.tex"), "years of work");
    for (Existing existing : Existing.values()) {
      assertThatThrownBy(() -> open("1", existing))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("found a directory that is not a run");
    }
    assertThat(folder.resolve("run/thesis.tex")).exists();
    assertThat(folder.resolve("run/_lock")).doesNotExist();
  }

  @Test
  void anUnfinishedRunIsNotRead() {
    interrupted("1");
    assertThatThrownBy(() -> RunDirectory.readFinished(folder.resolve("run").toString(), HADOOP))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("found it running, expected it finished");
    assertThatThrownBy(() -> RunDirectory.readFinished(folder.resolve("none").toString(), HADOOP))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("found no run.json");
  }
}
