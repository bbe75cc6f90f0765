package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.imageclustering.UserException;
import org.imageclustering.spark.job.RunDirectory.Existing;
import org.imageclustering.spark.session.Storage;
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

  private static Failure input(String message) {
    return new Failure(Failure.Kind.INPUT, message);
  }

  private String record() {
    try {
      return Files.readString(folder.resolve("run/run.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
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
  void aRunThatIsOverwrittenStandsUntilTheNewOneTakesItsPlace() throws IOException {
    finished("1");
    Files.writeString(folder.resolve("run/old"), "old");
    try (RunDirectory run = open("2", Existing.OVERWRITE).orElseThrow()) {
      Path prepared = Path.of(run.path("dataset").toUri().getPath());
      Files.createDirectories(prepared);
      Files.writeString(prepared.resolve("images"), "images");
      run.save();
      assertThat(folder.resolve("run/old")).exists();
      assertThat(record()).contains("\"state\" : \"finished\"", identity("1").hash());
      assertThat(run.takePlace()).isTrue();
      assertThat(folder.resolve("run/old")).doesNotExist();
      assertThat(folder.resolve("run/dataset/images")).hasContent("images");
      assertThat(record()).contains(identity("2").hash()).doesNotContain("replacing");
      assertThat(run.takePlace()).isFalse();
      run.finish(false);
    }
    assertThat(folder.resolve("run").toFile().list())
        .containsExactlyInAnyOrder("dataset", "run.json");
    assertThat(open("2", Existing.KEEP)).isEmpty();
  }

  @Test
  void whatEndsARunBeforeItTookItsPlaceLeavesTheOther() throws IOException {
    finished("1");
    Files.writeString(folder.resolve("run/old"), "old");
    String before = record();
    try (RunDirectory run = open("2", Existing.OVERWRITE).orElseThrow()) {
      Files.createDirectories(Path.of(run.path("dataset").toUri().getPath()));
      run.fail(input("Cannot"), false);
    }
    assertThat(record()).isEqualTo(before);
    assertThat(folder.resolve("run").toFile().list()).containsExactlyInAnyOrder("old", "run.json");
    try (RunDirectory run = open("2", Existing.OVERWRITE).orElseThrow()) {
      run.interrupt();
    }
    assertThat(record()).isEqualTo(before);
    try (RunDirectory run = open("2", Existing.OVERWRITE).orElseThrow()) {
      run.fail(input("Cannot"), true);
    }
    assertThat(record()).contains("notReplaced", "\"message\" : \"Cannot\"");
    assertThat(open("1", Existing.KEEP)).isEmpty();
  }

  @Test
  void aRunThatDiedWhileItRemovedAnotherIsInNobodysWay() throws IOException {
    try (RunDirectory run = open("1", Existing.KEEP).orElseThrow()) {
      run.record().put(RunRecord.REPLACING, true);
      run.save();
    }
    replaceInRecord("\"processStart\" : \".*?\"", "\"processStart\" : \"2001-01-01T00:00:00Z\"");
    Files.writeString(folder.resolve("run/half"), "half");
    try (RunDirectory run = open("2", Existing.RESUME).orElseThrow()) {
      assertThat(folder.resolve("run/half")).doesNotExist();
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
      run.fail(input("what fails because Spark stops"), false);
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
      run.fail(input("Cannot"), false);
    }
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void inClusterModeTheRecordTellsTheErrorAndIsInNobodysWay() {
    try (RunDirectory run = open("1", Existing.KEEP).orElseThrow()) {
      run.fail(input("Cannot"), true);
    }
    assertThat(folder.resolve("run/run.json")).content().contains("\"message\" : \"Cannot\"");
    try (RunDirectory run = open("2", Existing.KEEP).orElseThrow()) {
      assertThat(run.record().identity().hash()).isEqualTo(identity("2").hash());
    }
  }

  @Test
  void aBugKeepsWhatWasDone() {
    try (RunDirectory run = open("1", Existing.KEEP).orElseThrow()) {
      run.fail(new Failure(Failure.Kind.BUG, "a bug"), false);
    }
    assertThat(folder.resolve("run/run.json")).content().contains("\"exitCode\" : 1");
    assertThatThrownBy(() -> open("1", Existing.KEEP)).hasMessageContaining("found it failed");
  }

  @Test
  void aFullHeapIsTheUsersAndKeepsWhatWasDone() {
    try (RunDirectory run = open("1", Existing.KEEP).orElseThrow()) {
      run.record().beginStage("layer-first");
      run.fail(Failure.of(new IllegalStateException(new OutOfMemoryError())), false);
    }
    assertThat(record()).contains("\"exitCode\" : 3", "--driver-memory");
    try (RunDirectory run = open("1", Existing.RESUME).orElseThrow()) {
      assertThat(run.record().value("stages").has("layer-first")).isTrue();
    }
  }

  /** A clock that moves by pauses alone, each of which something may happen in. */
  private static Patience patience(Runnable happening, AtomicInteger pauses) {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    return new Patience(
        now::get,
        time -> {
          now.updateAndGet(instant -> instant.plus(time));
          pauses.incrementAndGet();
          happening.run();
        });
  }

  private Optional<RunDirectory> open(Existing existing, Patience patience) {
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path(folder.resolve("run").toString());
    Storage storage = Storage.of(path, HADOOP);
    return new RunOpening(storage, storage.qualify(path), identity("1"), existing)
        .open("cluster", patience);
  }

  /** Leaves a run as a process on another machine leaves it, at this moment. */
  private void leftElsewhere() {
    interrupted("1");
    replaceInRecord("\"host\" : \".*?\"", "\"host\" : \"elsewhere\"");
  }

  private void renew() {
    replaceInRecord("\"heartbeat\" : \".*?\"", "\"heartbeat\" : \"2999-01-01T00:00:00Z\"");
    replaceInRecord("\"expires\" : \".*?\"", "\"expires\" : \"2999-01-01T00:01:30Z\"");
  }

  @Test
  void aRunOfADeadMachineIsContinuedWhenItsClaimExpires() {
    leftElsewhere();
    AtomicInteger pauses = new AtomicInteger();
    try (RunDirectory run = open(Existing.RESUME, patience(() -> {}, pauses)).orElseThrow()) {
      assertThat(run.record().finishedStage("layer-first")).isPresent();
    }
    assertThat(pauses).hasValueBetween(1, 10);
  }

  @Test
  void aRunOfALivingMachineIsLeftToIt() {
    leftElsewhere();
    AtomicInteger pauses = new AtomicInteger();
    Patience patience = patience(this::renew, pauses);
    assertThatThrownBy(() -> open(Existing.RESUME, patience))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("on elsewhere, last seen 2999");
    assertThat(pauses).hasValue(1);
  }

  @Test
  void aRunThatEndsWhileItIsWaitedForIsDone() {
    leftElsewhere();
    AtomicInteger pauses = new AtomicInteger();
    Runnable end =
        () -> {
          replaceInRecord("\"state\" : \"running\"", "\"state\" : \"finished\"");
          replaceInRecord("\"lease\"", "\"formerLease\"");
        };
    assertThat(open(Existing.RESUME, patience(end, pauses))).isEmpty();
    assertThat(pauses).hasValue(1);
  }

  @Test
  void onlyResumeWaits() {
    leftElsewhere();
    AtomicInteger pauses = new AtomicInteger();
    Patience patience = patience(() -> {}, pauses);
    for (Existing existing : List.of(Existing.KEEP, Existing.OVERWRITE)) {
      assertThatThrownBy(() -> open(existing, patience))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("expected no other writer");
    }
    assertThat(pauses).hasValue(0);
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
