package org.imageclustering.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.job.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process of its own, on the packaged jar. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class LauncherIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path temporary;
  private static Path folder;
  private static Path images;
  private static Path labels;

  /** Makes the files, and the run of SA-Net that those with a mishap are compared with. */
  @BeforeAll
  static void digits() throws IOException {
    folder = Files.createDirectory(temporary.resolve("with a space"));
    images = SmallDigits.images(folder);
    labels = SmallDigits.labels(folder);
    assertThat(Main.run(saNet("whole"))).isEqualTo(ExitCode.DONE);
  }

  private record Outcome(int exitCode, List<String> out, String err) {}

  private static Process start(String name, String... line) throws IOException {
    Path script = Path.of(System.getProperty("project.root"), "submit-scripts", "submit.sh");
    List<String> command = new ArrayList<>(List.of(script.toString(), "--driver-memory", "1g"));
    command.addAll(Arrays.asList(line));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("SPARK_HOME");
    return builder
        .redirectOutput(folder.resolve(name + ".out").toFile())
        .redirectError(folder.resolve(name + ".err").toFile())
        .start();
  }

  private static Outcome run(String name, String... line) throws Exception {
    Process process = start(name, line);
    int exitCode = process.waitFor();
    return new Outcome(
        exitCode,
        Files.readAllLines(folder.resolve(name + ".out")),
        Files.readString(folder.resolve(name + ".err")));
  }

  private static String[] cluster(String output, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "cluster",
                "k-means",
                "--input",
                images.toString(),
                "--labels",
                labels.toString(),
                "--clusters",
                "10",
                "--output",
                output));
    line.addAll(Arrays.asList(more));
    return line.toArray(new String[0]);
  }

  /** A network so small that it is fitted in seconds. */
  private static String[] saNet(String output, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "cluster",
                "sa-net",
                "--input",
                images.toString(),
                "--labels",
                labels.toString(),
                "--clusters",
                "10",
                "--output",
                folder.resolve(output).toString(),
                "--set",
                "sa-net.fit-sample=60",
                "--set",
                "sa-net.layer.first.eigenvectors=8",
                "--set",
                "sa-net.layer.second.eigenvectors=4"));
    line.addAll(Arrays.asList(more));
    return line.toArray(new String[0]);
  }

  /** What a process has written to stderr so far. */
  private static String log(String name) {
    try {
      return Files.readString(folder.resolve(name + ".err"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Row> read(String table) {
    SparkSession spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
    return spark.read().parquet(folder.resolve(table).toString()).orderBy("id").collectAsList();
  }

  /**
   * Clusters are equal and numbers to 1e-6: the launcher may choose another BLAS kernel than the
   * tests' own process has, and then low bits differ.
   */
  private static void assertSameResult(String run, String expected) throws IOException {
    for (String score : List.of("acc", "nmi", "ari", "silhouette")) {
      assertThat(json(run + "/metrics.json").path(score).asDouble())
          .as(score)
          .isCloseTo(json(expected + "/metrics.json").path(score).asDouble(), within(1e-6));
    }
    List<Row> found = read(run + "/assignments");
    List<Row> wanted = read(expected + "/assignments");
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(found.get(i).<Long>getAs("id")).isEqualTo(wanted.get(i).<Long>getAs("id"));
      assertThat(found.get(i).<Integer>getAs("prediction"))
          .as("cluster of row %d", i)
          .isEqualTo(wanted.get(i).<Integer>getAs("prediction"));
      assertThat(found.get(i).<Double>getAs("confidence"))
          .isCloseTo(wanted.get(i).<Double>getAs("confidence"), within(1e-6));
    }
  }

  private static JsonNode json(String path) throws IOException {
    return JSON.readTree(folder.resolve(path).toFile());
  }

  private static void await(Process process, BooleanSupplier condition)
      throws InterruptedException {
    while (!condition.getAsBoolean()) {
      assertThat(process.isAlive()).as("the process ended before").isTrue();
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static void signal(Process process, String name) throws Exception {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    assertThat(code).isZero();
  }

  @Test
  void digitsAreClusteredAssignedAndScored() throws Exception {
    Outcome clustered = run("cluster", cluster("run"));
    assertThat(clustered.exitCode()).as(clustered.err()).isEqualTo(ExitCode.DONE);
    assertThat(clustered.out()).first().isEqualTo(SmallDigits.COUNT + " images, 10 clusters");
    assertThat(clustered.err()).doesNotContain("WARN", "Exception");
    JsonNode record = json("run/run.json");
    assertThat(record.path("state").asText()).isEqualTo("finished");
    assertThat(record.path("stages").path("write assignments").path("rows").asInt())
        .isEqualTo(SmallDigits.COUNT);
    assertThat(record.has("lease")).isFalse();
    double accuracy = json("run/metrics.json").path("acc").asDouble();
    assertThat(accuracy).isBetween(0.4, 0.9);
    assertThat(folder.resolve("run").toFile().list())
        .contains("assignments", "features", "model", "tables", "dataset", "metrics.json")
        .doesNotContain("stages", "_work", "_lock");

    Outcome assigned =
        run(
            "assign",
            "assign",
            "--run",
            "run",
            "--input",
            images.toString(),
            "--labels",
            labels.toString(),
            "--output",
            "assigned");
    assertThat(assigned.exitCode()).as(assigned.err()).isEqualTo(ExitCode.DONE);
    assertThat(json("assigned/metrics.json").path("acc").asDouble()).isEqualTo(accuracy);
  }

  @Test
  void aKilledDriverIsResumedAndEndsAsIfNothingHadHappened() throws Exception {
    Process killed = start("killed", saNet("mishap"));
    await(killed, () -> log("killed").contains("layer-second: windows"));
    signal(killed, "STOP");
    assertThat(run("second", saNet("mishap", "--resume")).err())
        .contains("expected no other writer");
    signal(killed, "KILL");
    assertThat(killed.waitFor()).isEqualTo(137);

    Process terminated = start("terminated", saNet("mishap", "--resume"));
    await(terminated, () -> log("terminated").contains("last-step-graph starts"));
    signal(terminated, "TERM");
    assertThat(terminated.waitFor()).isEqualTo(143);
    assertThat(log("terminated"))
        .contains("layer-first is there already")
        .doesNotContain("Store: layer-first starts", "Exception", " ERROR ", " WARN ")
        .endsWith("Interrupted; continue with --resume\n");
    assertThat(json("mishap/run.json").path("state").asText()).isEqualTo("interrupted");
    assertThat(json("mishap/run.json").has("lease")).isFalse();

    Outcome resumed = run("resumed", saNet("mishap", "--resume"));
    assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(ExitCode.DONE);
    assertThat(resumed.err())
        .contains("layer-second is there already", "features is there already")
        .doesNotContain("Store: layer-second starts", "Store: features starts");
    assertSameResult("mishap", "whole");
    assertThat(folder.resolve("mishap").toFile().list())
        .noneMatch(name -> name.startsWith("_") || name.equals("stages"));
  }

  @Test
  @Tag("local-cluster")
  void executorsThatDieChangeNothing() throws Exception {
    String[] line = saNet("lost", "--master", "local-cluster[2,1,1024]");
    Process driver = start("lost", line);
    await(driver, () -> log("lost").contains("Neighbours: search"));
    killAnExecutor(driver);
    await(driver, () -> log("lost").contains("Store: features starts"));
    killAnExecutor(driver);
    assertThat(driver.waitFor()).as(log("lost")).isEqualTo(ExitCode.DONE);
    assertThat(log("lost")).contains("Lost executor");
    assertSameResult("lost", "whole");
  }

  private static void killAnExecutor(Process driver) throws InterruptedException {
    await(driver, () -> executors(driver).findAny().isPresent());
    assertThat(executors(driver).findAny().orElseThrow().destroyForcibly()).isTrue();
  }

  private static Stream<ProcessHandle> executors(Process driver) {
    return driver
        .descendants()
        .filter(
            process ->
                process.info().arguments().stream()
                    .flatMap(Arrays::stream)
                    .anyMatch(argument -> argument.endsWith("CoarseGrainedExecutorBackend")));
  }

  @Test
  void theLauncherReadsItsOwnOptions() throws Exception {
    assertThat(run("env", "--env", "nowhere", "doctor").err())
        .contains("Cannot use --env 'nowhere': expected one of kubernetes local standalone yarn");
    assertThat(run("yarn", "--master", "yarn", "doctor").exitCode()).isEqualTo(ExitCode.USER);
    assertThat(run("conf", "--spark-conf", "x", "doctor").exitCode()).isEqualTo(ExitCode.LINE);
    Outcome doctor = run("doctor", "doctor", "--master", "local[1]");
    assertThat(doctor.exitCode()).as(doctor.err()).isEqualTo(ExitCode.DONE);
    assertThat(doctor.out())
        .anyMatch(line -> line.startsWith("java: 17"))
        .anyMatch(line -> line.contains("master local[1]"))
        .anyMatch(line -> line.startsWith("matrix products: OpenBLAS"));
  }
}
