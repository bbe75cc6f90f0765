package org.imageclustering.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.job.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The notebooks, executed on a run and a sweep that were just made; skipped where there is no
 * Jupyter with pandas and matplotlib.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class NotebooksIT {
  @TempDir static Path folder;

  @BeforeAll
  static void runs() throws Exception {
    assumeTrue(hasJupyter(), "jupyter-nbconvert with pandas and matplotlib is not installed");
    SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .config("spark.sql.shuffle.partitions", 2)
        .getOrCreate();
    String images = SmallDigits.images(folder).toString();
    String labels = SmallDigits.labels(folder).toString();
    assertThat(
            Main.run(
                "cluster",
                "spectral",
                "--input",
                images,
                "--labels",
                labels,
                "--clusters",
                "10",
                "--output",
                folder.resolve("run").toString()))
        .isEqualTo(ExitCode.DONE);
    assertThat(
            Main.run(
                "sweep",
                "k-means",
                "--input",
                images,
                "--labels",
                labels,
                "--over",
                "clusters=10",
                "--over",
                "seed=1,2",
                "--output",
                folder.resolve("sweep").toString()))
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void aRunIsReadAndItsScoresAreThoseOfItsMetrics() throws Exception {
    String executed = execute("run.ipynb", "RUN", folder.resolve("run"));
    JsonNode metrics =
        new ObjectMapper().readTree(folder.resolve("run").resolve("metrics.json").toFile());
    assertThat(executed)
        .contains("spectral, finished: 120 images, 10 clusters, seed 1")
        .contains(String.format(Locale.ROOT, "%.4f", metrics.get("nmi").asDouble()))
        .contains("rank correlation with acc");
    assertThat(executed.split("\"image/png\"", -1)).hasSizeGreaterThan(5);
  }

  @Test
  void aSweepIsReadWithItsMeansOverSeeds() throws Exception {
    String executed = execute("sweep.ipynb", "SWEEP", folder.resolve("sweep"));
    assertThat(executed)
        .contains("k-means: 2 runs over clusters, seed")
        .contains("std")
        .contains("\"image/png\"");
  }

  @Test
  void aRunThatIsNotThereIsNamed() throws Exception {
    Process process = start("run.ipynb", "RUN", folder.resolve("nowhere"), folder.resolve("x"));
    assertThat(process.waitFor()).isNotZero();
    assertThat(Files.readString(folder.resolve("x.log"))).contains("found no run.json in");
  }

  private static boolean hasJupyter() throws InterruptedException {
    try {
      Path probe = Files.writeString(folder.resolve("probe.ipynb"), PROBE);
      return start(probe, "RUN", folder, folder.resolve("probe-out")).waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A notebook whose one cell imports what the others need. */
  private static final String PROBE =
      "{\"cells\": [{\"cell_type\": \"code\", \"execution_count\": null, \"id\": \"a\", \"metadata\": {},"
          + " \"outputs\": [], \"source\": [\"import matplotlib, pandas\"]}],"
          + " \"metadata\": {\"kernelspec\": {\"display_name\": \"Python 3\", \"language\": \"python\","
          + " \"name\": \"python3\"}}, \"nbformat\": 4, \"nbformat_minor\": 5}";

  /** Returns the executed notebook, as JSON. */
  private static String execute(String name, String variable, Path value) throws Exception {
    Path output = folder.resolve(name.replace(".ipynb", "-executed"));
    int exitCode = start(name, variable, value, output).waitFor();
    assertThat(exitCode).as(Files.readString(Path.of(output + ".log"))).isZero();
    return Files.readString(Path.of(output + ".ipynb"));
  }

  private static Process start(String name, String variable, Path value, Path output)
      throws IOException {
    Path notebook = Path.of(System.getProperty("project.root"), "notebooks", name);
    return start(notebook, variable, value, output);
  }

  private static Process start(Path notebook, String variable, Path value, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "jupyter-nbconvert",
                "--to=notebook",
                "--execute",
                "--output=" + output.getFileName(),
                "--output-dir=" + output.getParent(),
                notebook.toString())
            .redirectErrorStream(true)
            .redirectOutput(Path.of(output + ".log").toFile());
    builder.environment().put(variable, value.toString());
    return builder.start();
  }
}
