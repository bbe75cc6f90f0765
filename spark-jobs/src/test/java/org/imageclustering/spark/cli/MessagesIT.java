package org.imageclustering.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.job.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error of the user's is one line on stderr with exit code 3, and leaves nothing behind. */
final class MessagesIT {
  @TempDir Path folder;
  private Path images;
  private Path run;

  @BeforeAll
  static void session() {
    SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .config("spark.sql.shuffle.partitions", 2)
        .getOrCreate();
  }

  @BeforeEach
  void digits() throws IOException {
    images = SmallDigits.images(folder);
    run = folder.resolve("run");
  }

  private Outcome cluster(String... more) {
    List<String> line = new ArrayList<>(List.of("cluster", "k-means", "--output", run.toString()));
    line.addAll(Arrays.asList(more));
    return Outcome.of(line);
  }

  private Outcome saNet(Path input, String clusters, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "cluster",
                "sa-net",
                "--output",
                run.toString(),
                "--input",
                input.toString(),
                "--clusters",
                clusters));
    line.addAll(Arrays.asList(more));
    return Outcome.of(line);
  }

  /** Square images of the low eight bits of a function of image and pixel. */
  private Path idx(int count, int side, IntBinaryOperator pixel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(16 + count * side * side);
    bytes.putInt(0x803).putInt(count).putInt(side).putInt(side);
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < side * side; p++) {
        bytes.put((byte) pixel.applyAsInt(i, p));
      }
    }
    return Files.write(folder.resolve("generated.idx"), bytes.array());
  }

  private Path mixedSizes() throws IOException {
    Path mixed = Files.createDirectories(folder.resolve("mixed"));
    for (int i = 0; i < 6; i++) {
      BufferedImage image = new BufferedImage(10 + i, 12, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setSample(i, i, 0, 255);
      ImageIO.write(image, "png", mixed.resolve(i + ".png").toFile());
    }
    return mixed;
  }

  private void assertEnds(Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.resolve("report/index.html")).exists();
  }

  private void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USER);
    assertThat(outcome.err()).contains(parts).doesNotContain("\n");
    assertThat(run).doesNotExist();
    assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith("_work"));
  }

  @Test
  void missingInput() {
    assertRefused(
        cluster("--clusters", "3", "--input", folder.resolve("none").toString()),
        folder.resolve("none").toString());
  }

  @Test
  void emptyInput() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(cluster("--clusters", "3", "--input", empty.toString()), empty.toString());
  }

  @Test
  void truncatedIdx() throws IOException {
    byte[] bytes = Files.readAllBytes(images);
    Path cut = Files.write(folder.resolve("cut.idx"), Arrays.copyOf(bytes, bytes.length - 100));
    assertRefused(cluster("--clusters", "3", "--input", cut.toString()), "cut.idx", "expected");
  }

  /** Preparing may take hours; only its end would find what is wrong with this file. */
  @Test
  void optionsAreRefusedBeforeTheInputIsPrepared() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(whole)) {
      Files.copy(images, out);
    }
    byte[] bytes = Arrays.copyOf(whole.toByteArray(), whole.size() - 100);
    Path cut = Files.write(folder.resolve("cut.gz"), bytes);
    assertRefused(cluster("--clusters", "3", "--input", cut.toString()), "cut.gz");
    assertRefused(
        cluster("--clusters", "3", "--input", cut.toString(), "--set", "k-means.restarts=0"),
        "k-means.restarts");
    assertRefused(
        saNet(cut, "3", "--set", "sa-net.layer.first.eigenvectors=5000"), "first.eigenvectors");
  }

  @Test
  void labelCountThatDiffers() throws IOException {
    byte[] bytes = Files.readAllBytes(SmallDigits.labels(folder));
    byte[] fewer = Arrays.copyOf(bytes, bytes.length - 1);
    fewer[6] = (byte) ((SmallDigits.COUNT - 1) >> 8);
    fewer[7] = (byte) (SmallDigits.COUNT - 1);
    Path labels = Files.write(folder.resolve("fewer.idx"), fewer);
    assertRefused(
        cluster("--clusters", "3", "--input", images.toString(), "--labels", labels.toString()),
        "119",
        "120");
  }

  @Test
  void optionsOfARawInputForADataSet() {
    String dataset = folder.resolve("data set").toString();
    assertThat(
            Outcome.of(List.of("prepare", "--input", images.toString(), "--output", dataset))
                .exitCode())
        .isEqualTo(ExitCode.DONE);
    assertRefused(
        cluster("--clusters", "3", "--input", dataset, "--size", "8x8", "--labels", "folders"),
        "Cannot use --size, --labels for "
            + dataset
            + ": found a prepared data set, expected a raw");
    assertEnds(cluster("--clusters", "3", "--input", dataset));
  }

  @Test
  void unknownKey() {
    assertRefused(
        cluster("--clusters", "3", "--input", images.toString(), "--set", "k-means.iteration=3"),
        "Cannot use key 'k-means.iteration'",
        "the nearest is 'k-means.iterations'");
  }

  @Test
  void noClusters() {
    assertRefused(
        cluster("--input", images.toString()),
        "Cannot cluster: found no --clusters, expected the number of clusters, at least 2");
  }

  @Test
  void oneCluster() {
    assertRefused(
        cluster("--clusters", "1", "--input", images.toString()),
        "Cannot use --clusters 1: expected at least 2");
    assertRefused(
        cluster("--clusters", "auto", "--input", images.toString()),
        "Cannot use --clusters auto for k-means with --final own: expected a number");
    assertRefused(
        cluster("--clusters", "many", "--input", images.toString()),
        "Cannot use --clusters many: expected a whole number, at least 2, or auto");
  }

  @Test
  void moreClustersThanDistinctImages() {
    assertRefused(
        cluster("--clusters", "121", "--input", images.toString()),
        "Cannot make 121 clusters: found 120 distinct images");
  }

  @Test
  void aLastStepThatTheMethodLacks() {
    assertRefused(
        cluster("--clusters", "3", "--input", images.toString(), "--final", "spectral"),
        "Cannot run k-means with --final spectral: expected one of own");
  }

  @Test
  void anUnknownMethod() {
    assertRefused(
        Outcome.of(
            List.of(
                "cluster",
                "k-mean",
                "--clusters",
                "3",
                "--input",
                "x",
                "--output",
                run.toString())),
        "found method 'k-mean', expected one of sa-net, aec, dcae, wta, cocluster, dac, spectral, k-means");
  }

  @Test
  void aValueOfAnOptionOutOfRange() {
    assertRefused(
        cluster("--clusters", "3", "--input", images.toString(), "--set", "k-means.restarts=0"),
        "Cannot use k-means.restarts: found 0, expected at least 1");
  }

  @Test
  void aRunThatIsNone() {
    assertRefused(
        Outcome.of(List.of("evaluate", "--run", run.toString())),
        "found no run.json, expected the output");
  }

  @Test
  void imagesOfDifferentSizesWithoutASize() throws IOException {
    Path mixed = mixedSizes();
    Path output = folder.resolve("data set");
    Outcome outcome =
        Outcome.of(List.of("prepare", "--input", mixed.toString(), "--output", output.toString()));
    assertRefused(outcome, mixed.toString(), "--size");
    assertThat(output).doesNotExist();
  }

  @Test
  void clusterLetterboxesImagesOfDifferentSizes() throws IOException {
    Outcome outcome = cluster("--clusters", "2", "--input", mixedSizes().toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    assertThat(Files.readString(run.resolve("run.json"))).contains("images of 32 x 32 x 1");
    Outcome again =
        cluster("--clusters", "2", "--size", "32x32", "--input", mixedSizes().toString());
    assertThat(again.exitCode()).isEqualTo(ExitCode.USER);
    assertThat(again.err()).contains("what differs: input fingerprint");
  }

  @Test
  void aPatchLargerThanTheImage() {
    assertRefused(
        saNet(images, "10", "--set", "sa-net.layer.first.patch=29"),
        "first.patch = 29 on an input of 28x28x1");
  }

  @Test
  void anOutputOfOtherSettings() throws IOException {
    List<String> line = List.of("--clusters", "3", "--input", images.toString());
    assertThat(cluster(line.toArray(new String[0])).exitCode()).isEqualTo(ExitCode.DONE);
    String record = Files.readString(run.resolve("run.json"));
    assertThat(cluster(line.toArray(new String[0])).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.resolve("run.json")).hasContent(record);
    Outcome other = cluster("--clusters", "4", "--input", images.toString());
    assertThat(other.exitCode()).isEqualTo(ExitCode.USER);
    assertThat(other.err())
        .contains(run.toString(), "what differs: clusters (3 there, 4 now)", "--overwrite")
        .doesNotContain("\n");
  }

  @Test
  void overwriteRemovesNothingBeforeAllIsChecked() throws IOException {
    assertEnds(cluster("--clusters", "3", "--input", images.toString()));
    String record = Files.readString(run.resolve("run.json"));
    String dataset = run.resolve("dataset").toString();
    for (Outcome refused :
        List.of(
            cluster("--clusters", "4", "--input", dataset, "--overwrite"),
            cluster("--clusters", "4", "--input", folder + "/*/dataset", "--overwrite"),
            assign(images, "--overwrite"),
            assign(images))) {
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.USER);
      assertThat(refused.err())
          .contains("with --output '" + run + "'", "that --overwrite removes")
          .doesNotContain("\n");
    }
    for (String wrong : List.of("k-means.restarts=0", "clusters=121", "tables.cap=-1")) {
      Outcome refused =
          cluster("--clusters", "4", "--input", images.toString(), "--overwrite", "--set", wrong);
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.USER);
      assertThat(refused.err()).startsWith("Cannot ").doesNotContain("\n");
    }
    assertThat(run.resolve("run.json")).hasContent(record);
    assertThat(run.toFile().list())
        .contains("assignments", "model", "dataset", "report")
        .noneMatch(name -> name.startsWith("_"));
    Outcome other =
        cluster(
            "--clusters",
            "4",
            "--input",
            images.toString(),
            "--overwrite",
            "--set",
            "tables.cap=0");
    assertEnds(other);
    assertThat(Files.readString(run.resolve("run.json")))
        .contains("\"clusters\" : 4", "/run/dataset\"");
    assertThat(run.resolve("dataset/dataset.json")).exists();
    assertThat(run.toFile().list()).noneMatch(name -> name.startsWith("_"));
  }

  private Outcome assign(Path input, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "assign",
                "--run",
                run.toString(),
                "--input",
                input.toString(),
                "--output",
                run.toString()));
    line.addAll(Arrays.asList(more));
    return Outcome.of(line);
  }

  @Test
  void textsThatAreNoPaths() {
    List<String> line = List.of("cluster", "k-means", "--clusters", "3", "--input", "" + images);
    String shown = run.toString();
    assertRefused(with(line, "--output", ""), "Cannot use --output '': found an empty path");
    assertRefused(with(line, "--output", "run:1"), "Cannot use --output 'run:1': found a text");
    assertRefused(with(line, "--output", images + "/run"), "Cannot use the run directory: found");
    assertRefused(
        with(line, "--output", shown, "--config", ""), "Cannot use --config '': found an empty");
    assertRefused(
        with(line, "--output", shown, "--config", "run:1"), "Cannot use --config 'run:1': found");
    assertRefused(
        with(line, "--output", shown, "--overwrite", "--config", "a:b"), "Cannot use --config");
    assertRefused(with(List.of("report"), "--run", ""), "Cannot use --run '': found an empty path");
    assertRefused(with(List.of("evaluate"), "--run", "run:1"), "Cannot use --run 'run:1': found");
    assertRefused(
        with(List.of("prepare", "--input", "" + images), "--output", "a:b"), "Cannot use --output");
    assertRefused(
        with(
            List.of("sweep", "k-means", "--input", "" + images),
            "--over",
            "clusters=2",
            "--output",
            ""),
        "Cannot use --output '': found an empty path");
    assertRefused(
        Outcome.of(
            List.of(
                "cluster",
                "spectral",
                "--features",
                "edges",
                "--set",
                "spectral.edges=\"a:b\"",
                "--clusters",
                "3",
                "--input",
                images.toString(),
                "--output",
                shown)),
        "Cannot use spectral.edges 'a:b': found a text that is no path");
  }

  private static Outcome with(List<String> line, String... more) {
    List<String> whole = new ArrayList<>(line);
    whole.addAll(Arrays.asList(more));
    return Outcome.of(whole);
  }

  @Test
  void anOutputThatIsNoRun() throws IOException {
    Files.createDirectory(run);
    Path file = Files.writeString(run.resolve("mine.txt"), "mine");
    Outcome outcome = cluster("--clusters", "3", "--input", images.toString());
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USER);
    assertThat(outcome.err()).contains("found a directory that is not a run");
    assertThat(file).hasContent("mine");
    assertThat(run.toFile().list()).containsExactly("mine.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"state\": \"finished\"}", "null"})
  void aDamagedRecord(String content) throws IOException {
    Files.createDirectory(run);
    Files.writeString(run.resolve("run.json"), content);
    for (Outcome outcome :
        List.of(
            cluster("--clusters", "3", "--input", images.toString()),
            Outcome.of(List.of("evaluate", "--run", run.toString())))) {
      assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USER);
      assertThat(outcome.err()).contains(run.resolve("run.json").toString()).doesNotContain("\n");
    }
  }

  @Test
  void threeImages() throws IOException {
    assertEnds(saNet(idx(3, 28, (i, p) -> i * 100 + p), "3"));
  }

  @Test
  void blackImages() throws IOException {
    assertRefused(saNet(idx(40, 28, (i, p) -> 0), "2"), "found 1 distinct images");
  }

  @Test
  void copiesOnly() throws IOException {
    assertEnds(saNet(idx(40, 28, (i, p) -> (i % 2 + 1) * p), "2"));
  }

  @Test
  void imagesOfOneGreyEach() throws IOException {
    assertEnds(saNet(idx(40, 28, (i, p) -> 5 * i), "2"));
  }

  @Test
  void imagesOfFourPixels() throws IOException {
    assertEnds(saNet(idx(40, 2, (i, p) -> i + (i % 2 == p % 2 ? 100 : 0)), "2"));
  }

  @Test
  void imagesOfOnePixel() throws IOException {
    assertRefused(
        saNet(idx(40, 1, (i, p) -> 5 * i), "2"),
        "Cannot fit layer first: found 0 different windows that are not constant");
  }

  @Test
  void fewerWindowsThanEigenvectors() throws IOException {
    assertRefused(
        saNet(
            idx(3, 12, (i, p) -> i * p * p),
            "2",
            "--set",
            "sa-net.layer.first={stride=11,eigenvectors=64}"),
        "Cannot fit layer first: found",
        "64 eigenvectors");
  }

  @Test
  void aLineThatCannotBeParsedExitsWithTwo() {
    assertThat(Outcome.of(List.of("cluster", "k-means", "--nput", "x")).exitCode())
        .isEqualTo(ExitCode.LINE);
    assertThat(Outcome.of(List.of("clutser")).exitCode()).isEqualTo(ExitCode.LINE);
    assertThat(Outcome.of(List.of()).exitCode()).isEqualTo(ExitCode.LINE);
    assertThat(cluster("--input", "x", "--resume", "--overwrite").exitCode())
        .isEqualTo(ExitCode.LINE);
  }
}
