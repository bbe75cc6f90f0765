package org.imageclustering.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageclustering.spark.data.DataFixtures.cifar;
import static org.imageclustering.spark.data.DataFixtures.colour;
import static org.imageclustering.spark.data.DataFixtures.grey;
import static org.imageclustering.spark.data.DataFixtures.gzip;
import static org.imageclustering.spark.data.DataFixtures.idx;
import static org.imageclustering.spark.data.DataFixtures.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.imageclustering.UserException;
import org.imageclustering.data.ImageSize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreparationIT {
  private static final String PARALLELISM = "spark.sql.leafNodeDefaultParallelism";
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "4")
          .getOrCreate();

  @TempDir private Path folder;

  @AfterEach
  void resetParallelism() {
    SPARK.conf().unset(PARALLELISM);
  }

  /** Prepares, and asserts that the first rows have told what the data set is like. */
  private Prepared prepare(InputOptions options) {
    Preparation preparation = new Preparation(SPARK, options);
    Prepared prepared = preparation.to(output());
    if (!options.input().startsWith("sample:")) {
      assertThat(preparation.foreseen()).contains(prepared.dataset().shape());
    }
    return prepared;
  }

  private String output() {
    return folder.resolve("out").resolve("dataset").toString();
  }

  private String in(String name, byte[] content) {
    return write(folder.resolve("in").resolve(name), content);
  }

  private String input() {
    return folder.resolve("in").toString();
  }

  private static Map<Long, Row> byId(Prepared prepared) {
    Map<Long, Row> rows = new HashMap<>();
    prepared.dataset().images().collectAsList().forEach(row -> rows.put(row.getLong(0), row));
    return rows;
  }

  private static Map<Long, String> labels(Prepared prepared) {
    Map<Long, String> labels = new HashMap<>();
    LabelTable.open(SPARK, prepared.dataset().uri())
        .rows()
        .collectAsList()
        .forEach(row -> labels.put(row.getLong(0), row.getString(1)));
    return labels;
  }

  private static byte[] pixels(Row row) {
    return row.getAs("pixels");
  }

  /** Asserts a one-line message, and that nothing is left where the data set would have been. */
  private void assertFails(InputOptions options, String message) throws IOException {
    assertUserError(() -> prepare(options), message);
    Path parent = folder.resolve("out");
    if (Files.exists(parent)) {
      try (Stream<Path> left = Files.list(parent)) {
        assertThat(left).as("half-written files").isEmpty();
      }
    }
  }

  private static void assertUserError(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(UserException.class)
        .satisfies(e -> assertThat(e.getMessage()).isEqualTo(message).doesNotContain("\n"));
  }

  @Test
  void theSampleIsFiveThousandDigitsWithLabels() {
    Prepared prepared = prepare(InputOptions.of("sample:mnist"));
    assertThat(prepared.summary()).isEqualTo("5000 images, 0 rejected, 5000 labels");
    ImageDataset dataset = prepared.dataset();
    assertThat(dataset.shape()).isEqualTo(new DatasetShape(DatasetKind.IMAGES, 28, 28, 1));
    assertThat(dataset.source()).isEqualTo("sample:mnist");
    Row first = byId(prepared).get(0L);
    assertThat(first.getString(1)).isEqualTo("sample:mnist#0");
    assertThat(labels(prepared)).containsEntry(0L, "7").containsEntry(4999L, "0");
    assertThat(folder.resolve("out/dataset")).isDirectoryNotContaining("glob:**/_s*");
  }

  @Test
  void theImagesOfTheFirstLabelsCanBeKept() throws IOException {
    in("a-images-idx3-ubyte", idx(1, 60, 2, 2));
    byte[] labels = idx(3, 60);
    for (int i = 0; i < 60; i++) {
      labels[8 + i] = (byte) (i % 12);
    }
    in("a-labels-idx1-ubyte", labels);
    String images = input() + "/a-images-idx3-ubyte";
    InputOptions all = InputOptions.of(images).withLabels(input() + "/a-labels-idx1-ubyte");
    Prepared prepared = prepare(all.withClasses(3));
    assertThat(prepared.summary()).isEqualTo("15 images, 0 rejected, 15 labels");
    assertThat(labels(prepared).values()).containsOnly("0", "1", "2");
    assertThat(labels(prepared)).containsEntry(14L, "2").doesNotContainKey(10L);
    assertUserError(
        () -> new Preparation(SPARK, all.withClasses(13)).to(folder.resolve("13").toString()),
        "Cannot use --classes 13: found 12 labels in %s/a-labels-idx1-ubyte, expected at least as many"
            .formatted(input()));
    assertUserError(
        () ->
            new Preparation(SPARK, InputOptions.of(images).withClasses(2))
                .to(folder.resolve("2").toString()),
        "Cannot use --classes 2: found no labels, expected --labels to tell the classes");
  }

  @Test
  void plainAndGzippedIdxGiveTheSameTable() throws IOException {
    byte[] images = idx(1, 50, 4, 3);
    in("a-idx3-ubyte", images);
    String plain = input() + "/a-idx3-ubyte";
    Map<Long, Row> expected = byId(prepare(InputOptions.of(plain)));
    String packed = in("b-idx3-ubyte.gz", gzip(images));
    Map<Long, Row> found =
        byId(new Preparation(SPARK, InputOptions.of(packed)).to(folder.resolve("b").toString()));
    assertThat(expected).hasSize(50);
    for (long id = 0; id < 50; id++) {
      byte[] record = Arrays.copyOfRange(images, 16 + (int) id * 12, 28 + (int) id * 12);
      assertThat(pixels(expected.get(id))).isEqualTo(record);
      assertThat(pixels(found.get(id))).isEqualTo(record);
      assertThat(expected.get(id).getString(1)).isEqualTo("file:" + plain + "#" + id);
    }
  }

  @Test
  void severalIdxFilesArePairedWithTheirLabelsInOrder() throws IOException {
    in("t10k-images-idx3-ubyte.gz", gzip(idx(1, 5, 2, 2)));
    in("train-images-idx3-ubyte", idx(2, 7, 2, 2));
    byte[] first = idx(3, 5);
    byte[] second = idx(4, 7);
    in("t10k-labels-idx1-ubyte.gz", gzip(first));
    in("train-labels-idx1-ubyte", second);
    Prepared prepared =
        prepare(
            InputOptions.of(input() + "/*-images-idx3-ubyte*")
                .withLabels(input() + "/*-labels-idx1-ubyte*"));
    assertThat(prepared.summary()).isEqualTo("12 images, 0 rejected, 12 labels");
    Map<Long, String> labels = labels(prepared);
    assertThat(labels).containsEntry(4L, Integer.toString(first[8 + 4] & 0xff));
    assertThat(labels).containsEntry(5L, Integer.toString(second[8] & 0xff));
    assertThat(byId(prepared).get(5L).getString(1)).endsWith("/train-images-idx3-ubyte#0");
  }

  @Test
  void aDirectoryOfIdxLeavesItsLabelFilesOut() {
    in("a-images-idx3-ubyte", idx(1, 5, 2, 2));
    in("a-labels-idx1-ubyte", idx(3, 5));
    assertThat(prepare(InputOptions.of(input())).summary())
        .isEqualTo("5 images, 0 rejected, 0 labels");
  }

  @Test
  void anyPartitioningGivesTheSameTable() throws IOException {
    in("idx/a.idx.gz", gzip(idx(1, 40, 4, 4)));
    in("idx/b.idx", idx(2, 30, 4, 4));
    for (int i = 0; i < 20; i++) {
      in("png/class" + i % 3 + "/" + i + ".png", grey(4, 4, 10 * i, "png"));
    }
    in("png/broken.png", new byte[] {1, 2, 3});
    for (String kind : new String[] {"idx", "png"}) {
      List<String> tables =
          Stream.of("1", "3", "7").map(parts -> tableAt(parts, input() + "/" + kind)).toList();
      assertThat(tables.get(1)).isEqualTo(tables.get(0));
      assertThat(tables.get(2)).isEqualTo(tables.get(0));
    }
  }

  private String tableAt(String parallelism, String input) {
    SPARK.conf().set(PARALLELISM, parallelism);
    Path out = folder.resolve(parallelism + Path.of(input).getFileName());
    Prepared prepared = new Preparation(SPARK, InputOptions.of(input)).to(out.toString());
    StringBuilder table = new StringBuilder(prepared.dataset().fingerprint());
    for (Row row : prepared.dataset().images().orderBy("id").collectAsList()) {
      table.append(row.mkString("|").replaceAll("\\[B@\\w+", Arrays.toString(pixels(row))));
    }
    return table + prepared.dataset().rejected().collectAsList().toString();
  }

  @Test
  void cifarRecordsBecomeColourImages() {
    in("data_batch_2.bin", cifar(3, 1));
    in("data_batch_1.bin", cifar(4, 1));
    in("batches.meta.txt", "airplane".getBytes(StandardCharsets.US_ASCII));
    Prepared prepared = prepare(InputOptions.of(input()).withLabels("label"));
    assertThat(prepared.summary()).isEqualTo("7 images, 0 rejected, 7 labels");
    assertThat(prepared.dataset().shape().channels()).isEqualTo(3);
    Map<Long, Row> rows = byId(prepared);
    assertThat(pixels(rows.get(4L))).isEqualTo(pixels(rows.get(0L)));
    byte[] record = cifar(1, 1);
    assertThat(Arrays.copyOf(pixels(rows.get(0L)), 3))
        .containsExactly(record[1], record[1 + 1024], record[1 + 2048]);
    assertThat(labels(prepared)).containsEntry(6L, "2");
  }

  @Test
  void cifar100HasTwoLabels() {
    String file = in("train.bin", cifar(4, 2));
    Prepared prepared = prepare(InputOptions.of(file).withLabels("fine").withChannels(1));
    assertThat(labels(prepared)).containsEntry(0L, "9").containsEntry(3L, "6");
    assertThat(prepared.dataset().shape().channels()).isEqualTo(1);
  }

  @Test
  void foldersOfImagesAreReadAtAnyDepth() throws IOException {
    in("cats/a.png", grey(6, 4, 10, "png"));
    in("cats/deep/_DSC1.bmp", grey(6, 4, 20, "bmp"));
    in("dogs/b.gif", grey(6, 4, 30, "gif"));
    in("dogs/notes.txt", "not an image".getBytes(StandardCharsets.US_ASCII));
    in("dogs/.hidden.png", grey(6, 4, 40, "png"));
    Prepared prepared = prepare(InputOptions.of(input()).withLabels("folders"));
    assertThat(prepared.summary()).isEqualTo("3 images, 1 rejected, 3 labels");
    assertThat(prepared.dataset().shape().channels()).as("grey if all are").isEqualTo(1);
    Map<String, Row> byOrigin = new HashMap<>();
    byId(prepared).values().forEach(row -> byOrigin.put(row.getString(1), row));
    Row cat = byOrigin.get("file:" + input() + "/cats/a.png");
    assertThat(pixels(cat)).containsOnly((byte) 10).hasSize(24);
    // First 63 bits of SHA-256("cats/a.png").
    assertThat(cat.getLong(0)).isEqualTo(0x352195b9c2fd9f32L);
    assertThat(labels(prepared)).containsEntry(cat.getLong(0), "cats").containsValue("deep");
    List<Row> rejected = prepared.dataset().rejected().collectAsList();
    assertThat(rejected)
        .containsExactly(
            RowFactory.create(
                "file:" + input() + "/dogs/notes.txt",
                "not a JPEG, PNG, BMP, GIF, TIFF or WebP file"));
  }

  @Test
  void idsDependOnThePathInsideTheInputOnly() throws IOException {
    in("a.png", grey(2, 2, 10, "png"));
    Prepared here = prepare(InputOptions.of(input()));
    Path copy = folder.resolve("elsewhere");
    write(copy.resolve("a.png"), grey(2, 2, 10, "png"));
    Prepared there =
        new Preparation(SPARK, InputOptions.of(copy.toString()))
            .to(folder.resolve("there").toString());
    assertThat(byId(there).keySet()).isEqualTo(byId(here).keySet());
    assertThat(there.dataset().fingerprint()).isEqualTo(here.dataset().fingerprint());
    write(copy.resolve("a.png"), grey(2, 2, 11, "png"));
    assertThat(InputFingerprint.of(SPARK, InputOptions.of(copy.toString())))
        .isNotEqualTo(here.dataset().fingerprint());
  }

  @Test
  void greyAndColourTogetherAreColour() throws IOException {
    in("a.png", grey(2, 2, 10, "png"));
    in("b.png", colour(2, 2, 0xff8000, "png"));
    Prepared prepared = prepare(InputOptions.of(input()));
    assertThat(prepared.dataset().shape().channels()).isEqualTo(3);
    assertThat(prepared.dataset().images().filter("length(pixels) = 12").count()).isEqualTo(2);
    assertThat(prepared.dataset().images().filter("channels = 3").count()).isEqualTo(2);
  }

  @Test
  void oneSizeAndOneChannelCanBeAskedFor() throws IOException {
    in("a.png", grey(2, 4, 10, "png"));
    in("b.png", colour(8, 8, 0xffffff, "png"));
    Prepared prepared =
        prepare(InputOptions.of(input()).withSize(new ImageSize(4, 4)).withChannels(1));
    assertThat(prepared.dataset().images().filter("height = 4 and width = 4").count()).isEqualTo(2);
    Row letterboxed =
        prepared.dataset().images().filter("origin like '%a.png'").collectAsList().get(0);
    assertThat(pixels(letterboxed))
        .containsExactly(0, 0, 0, 0, 10, 10, 10, 10, 10, 10, 10, 10, 0, 0, 0, 0);
  }

  private String parquet(String name, StructType schema, Row... rows) {
    String path = folder.resolve("in").resolve(name).toString();
    SPARK.createDataFrame(List.of(rows), schema).coalesce(1).write().parquet(path);
    return path;
  }

  @Test
  void encodedImagesComeFromParquet() throws IOException {
    String table =
        parquet(
            "t",
            new StructType()
                .add("key", DataTypes.IntegerType)
                .add("content", DataTypes.BinaryType)
                .add("class", DataTypes.StringType),
            RowFactory.create(5, grey(2, 2, 10, "png"), "x"),
            RowFactory.create(6, grey(2, 2, 20, "bmp"), "y"),
            RowFactory.create(7, new byte[] {1}, "z"));
    Prepared prepared = prepare(InputOptions.of(table).withIdColumn("key").withLabels("class"));
    assertThat(prepared.summary()).isEqualTo("2 images, 1 rejected, 2 labels");
    assertThat(pixels(byId(prepared).get(6L))).containsOnly((byte) 20);
    assertThat(labels(prepared)).containsOnly(Map.entry(5L, "x"), Map.entry(6L, "y"));
    assertThat(byId(prepared).get(5L).getString(1)).isEqualTo(table + "#5");
  }

  @Test
  void imageStructsComeFromParquet() throws IOException {
    in("pictures/a.png", colour(2, 3, 0x102030, "png"));
    String table = folder.resolve("in/structs").toString();
    SPARK
        .read()
        .format("image")
        .load(input() + "/pictures")
        .selectExpr("3L as id", "image")
        .write()
        .parquet(table);
    Prepared prepared = prepare(InputOptions.of(table));
    Row row = byId(prepared).get(3L);
    assertThat(Arrays.copyOf(pixels(row), 3)).containsExactly(0x10, 0x20, 0x30);
    assertThat(prepared.dataset().shape().height()).isEqualTo(2);
    assertThat(prepared.dataset().shape().width()).isEqualTo(3);
  }

  @Test
  void vectorsComeFromParquet() {
    String table =
        parquet(
            "mllib",
            new StructType()
                .add("id", DataTypes.LongType)
                .add("features", SQLDataTypes.VectorType()),
            RowFactory.create(1L, Vectors.dense(1, 2, 3)),
            RowFactory.create(2L, Vectors.sparse(3, new int[] {1}, new double[] {5})),
            RowFactory.create(3L, Vectors.dense(1, Double.NaN, 3)));
    Prepared prepared = prepare(InputOptions.of(table));
    assertThat(prepared.summary()).isEqualTo("2 vectors, 1 rejected, 0 labels");
    ImageDataset dataset = prepared.dataset();
    assertThat(dataset.shape()).isEqualTo(new DatasetShape(DatasetKind.VECTORS, 1, 3, 1));
    assertThat(dataset.images().columns()).containsExactly("id", "origin", "vector");
    assertThat(byId(prepared).get(2L).getList(2)).isEqualTo(List.of(0f, 5f, 0f));
    assertThat(dataset.rejected().first().getString(1)).isEqualTo("holds NaN at position 1");
  }

  @Test
  void arraysComeFromParquet() {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("embedding", DataTypes.createArrayType(DataTypes.DoubleType));
    String table = parquet("arrays", schema, RowFactory.create(1L, new Double[] {0.5, 1.5}));
    assertThat(byId(prepare(InputOptions.of(table))).get(1L).getList(2))
        .isEqualTo(List.of(0.5f, 1.5f));
  }

  @Test
  void theSameDataSetIsFoundAgainAndAnotherRefused() throws IOException {
    in("a.idx", idx(1, 5, 2, 2));
    InputOptions options = InputOptions.of(input() + "/a.idx");
    Prepared first = prepare(options);
    Path record = folder.resolve("out/dataset/dataset.json");
    long written = Files.getLastModifiedTime(record).toMillis();
    Prepared again = prepare(options);
    assertThat(Files.getLastModifiedTime(record).toMillis()).isEqualTo(written);
    assertThat(again.summary()).isEqualTo(first.summary());
    assertUserError(
        () -> prepare(options.withSize(new ImageSize(4, 4))),
        "Cannot write the data set %s: found one of another input or other settings (%s) there, expected nothing or the same"
            .formatted(output(), options.input()));
    assertThat(ImageDataset.open(SPARK, output()).shape().height()).isEqualTo(2);
  }

  @Test
  void anOutputWithOtherFilesIsLeftAlone() throws IOException {
    String input = in("a.idx", idx(1, 5, 2, 2));
    write(folder.resolve("out/dataset/precious.txt"), new byte[] {1});
    assertUserError(
        () -> prepare(InputOptions.of(input)),
        "Cannot write the data set %s: found other files there, expected nothing"
            .formatted(output()));
    assertThat(folder.resolve("out/dataset/precious.txt")).exists();
  }

  @Test
  void missingAndEmptyInputsAreUserErrors() throws IOException {
    assertFails(
        InputOptions.of(input() + "/none"),
        "Cannot read the input %s/none: found nothing there, expected a file, directory or glob"
            .formatted(input()));
    assertFails(
        InputOptions.of(input() + "/*.idx"),
        "Cannot read the input %s/*.idx: found nothing there, expected a file, directory or glob"
            .formatted(input()));
    Files.createDirectories(folder.resolve("in/empty"));
    assertFails(
        InputOptions.of(input() + "/empty"),
        "Cannot read the input %s/empty: found no files, expected at least one".formatted(input()));
    String file = in("zero.idx", new byte[0]);
    assertFails(
        InputOptions.of(file),
        "Cannot read the input %s: found only empty files, expected images or vectors"
            .formatted(file));
    assertFails(
        InputOptions.of("sample:cats"),
        "Cannot read the sample sample:cats: expected sample:mnist, the one there is");
    String none = in("none.idx", idx(1, 0, 2, 2));
    assertFails(
        InputOptions.of(none),
        "Cannot read the input %s: found IDX files of 0 images, expected at least one"
            .formatted(none));
  }

  @Test
  void unknownFormatsAreUserErrors() throws IOException {
    String archive = in("images.zip", "PK..".getBytes(StandardCharsets.US_ASCII));
    assertFails(
        InputOptions.of(archive),
        "Cannot tell the format of %s: found images.zip, expected IDX, CIFAR, image or Parquet files (archives unpacked; or name it with --format)"
            .formatted(archive));
    assertUserError(
        () -> InputFormat.parse("jpeg"),
        "Cannot use --format jpeg: expected one of auto, idx, cifar, images, parquet");
    assertFails(
        InputOptions.of(archive).withFormat(InputFormat.PARQUET),
        "Cannot read the Parquet table %s: found file:%s, expected whole Parquet files only"
            .formatted(archive, archive));
    assertFails(
        InputOptions.of(archive).withFormat(InputFormat.CIFAR),
        "Cannot read the CIFAR file file:%s: found 4 bytes, expected a multiple of 3073 (CIFAR-10) or 3074 (CIFAR-100)"
            .formatted(archive));
  }

  @Test
  void truncatedIdxIsAUserError() throws IOException {
    byte[] whole = idx(1, 100, 4, 4);
    byte[] cut = Arrays.copyOf(whole, 1000);
    String plain = in("a.idx", cut);
    String message =
        "Cannot read the IDX file file:%s: found 1000 bytes, expected 1616 for the 100x4x4 its header promises";
    assertFails(InputOptions.of(plain), message.formatted(plain));
    String packed = in("b.idx.gz", gzip(cut));
    assertFails(InputOptions.of(packed), message.formatted(packed));
    byte[] gz = gzip(whole);
    String half = in("c.idx.gz", Arrays.copyOf(gz, gz.length / 2));
    assertThatThrownBy(() -> prepare(InputOptions.of(half)))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "Cannot read the IDX file file:.*c.idx.gz: found \\d+ bytes, expected 1616 for .*");
  }

  @Test
  void labelsThatDoNotPairAreUserErrors() throws IOException {
    String images = in("i.idx", idx(1, 5, 2, 2));
    String labels = in("l.idx", idx(1, 4));
    assertFails(
        InputOptions.of(images).withLabels(labels),
        "Cannot pair the labels of file:%s with file:%s: found 4 labels, expected 5, one an image"
            .formatted(labels, images));
    in("more/a.idx", idx(1, 5));
    in("more/b.idx", idx(1, 5));
    assertFails(
        InputOptions.of(images).withLabels(input() + "/more"),
        "Cannot pair the labels of %s/more with %s: found 2 label files, expected 1, one an image file"
            .formatted(input(), images));
    assertFails(
        InputOptions.of(images).withLabels("folders"),
        "Cannot use --labels folders for IDX files: expected the path of IDX label files");
    assertFails(
        InputOptions.of(labels),
        "Cannot read images from %s: found IDX files of labels (rank 1) only, expected rank 3 or 4"
            .formatted(labels));
    assertFails(
        InputOptions.of(images).withLabels(images),
        "Cannot read labels from %s: found IDX files of images only, expected rank 1"
            .formatted(images));
  }

  @Test
  void foldersThatLabelNothingAreUserErrors() throws IOException {
    in("a.png", grey(2, 2, 1, "png"));
    in("x/b.png", grey(2, 2, 2, "png"));
    assertFails(
        InputOptions.of(input()).withLabels("folders"),
        "Cannot label file:%s/a.png: found no label, expected a folder inside the input that holds it (--labels folders)"
            .formatted(input()));
    assertFails(
        InputOptions.of(input()).withLabels("class"),
        "Cannot use --labels class for image files: expected 'folders'");
  }

  @Test
  void mixedSizesNameTwoFilesAndBothSizes() throws IOException {
    in("a.png", grey(4, 4, 1, "png"));
    in("b.png", grey(2, 8, 2, "png"));
    assertFails(
        InputOptions.of(input()),
        "Cannot prepare images of different sizes: found 2x8 in file:%s/b.png and 4x4 in file:%s/a.png, expected one size (--size HxW letterboxes all images to it)"
            .formatted(input(), input()));
  }

  @Test
  void mixedSizesAreLetterboxedWhereThatIsAskedForAndOnlyThen() throws IOException {
    in("mixed/a.png", grey(4, 4, 1, "png"));
    in("mixed/b.png", colour(2, 8, 0xffffff, "png"));
    in("equal/a.png", grey(4, 4, 1, "png"));
    ImageDataset mixed = fitted("mixed");
    assertThat(mixed.shape().height()).isEqualTo(6);
    assertThat(mixed.images().filter("width = 6 and length(pixels) = 108").count()).isEqualTo(2);
    assertThat(fitted("equal").shape().height()).isEqualTo(4);
    String table =
        parquet(
            "encoded",
            new StructType().add("id", DataTypes.LongType).add("image", DataTypes.BinaryType),
            RowFactory.create(1L, grey(4, 4, 1, "png")),
            RowFactory.create(2L, grey(2, 8, 255, "png")));
    assertThat(fitted("encoded").images().filter("length(pixels) = 36").count())
        .as(table)
        .isEqualTo(2);
  }

  private ImageDataset fitted(String name) {
    Preparation preparation =
        new Preparation(SPARK, InputOptions.of(input() + "/" + name))
            .fittingMixedSizesTo(new ImageSize(6, 6));
    ImageDataset dataset = preparation.to(folder.resolve("fitted-" + name).toString()).dataset();
    assertThat(preparation.foreseen()).contains(dataset.shape());
    return dataset;
  }

  @Test
  void tooManyRejectedFilesAreAUserError() throws IOException {
    in("a.png", grey(4, 4, 1, "png"));
    in("b.png", new byte[] {1});
    in("c.png", new byte[] {1});
    String first = "the first is file:%s/b.png: not a JPEG, PNG, BMP, GIF, TIFF or WebP file";
    assertFails(
        InputOptions.of(input()),
        "Cannot prepare %s: found 2 of 3 rejected (%s), expected a share of at most 0.5 (--max-rejected)"
            .formatted(input(), first.formatted(input())));
    assertThat(prepare(InputOptions.of(input()).withMaxRejected(0.7)).summary())
        .isEqualTo("1 images, 2 rejected, 0 labels");
    String broken = in("broken/d.png", new byte[] {1});
    assertUserError(
        () -> new Preparation(SPARK, InputOptions.of(broken)).to(folder.resolve("x").toString()),
        "Cannot prepare %s: found 1 of 1 rejected (the first is file:%s: not a JPEG, PNG, BMP, GIF, TIFF or WebP file), expected at least one that can be read"
            .formatted(broken, broken));
  }

  @Test
  void impossibleOptionsAreUserErrors() {
    assertUserError(
        () -> InputOptions.of("a").withChannels(2),
        "Cannot use --channels 2: expected 1 (grey) or 3 (RGB)");
    assertUserError(
        () -> InputOptions.of("a").withMaxRejected(1.5),
        "Cannot use --max-rejected 1.5: expected a share from 0 to 1");
    assertUserError(
        () -> InputOptions.of(" "),
        "Cannot use --input '': expected a path, a glob or sample:mnist");
  }

  @Test
  void parquetThatCannotBeUsedIsAUserError() throws IOException {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("name", DataTypes.StringType)
            .add("vector", DataTypes.createArrayType(DataTypes.FloatType));
    String table =
        parquet(
            "t",
            schema,
            RowFactory.create(1L, "a", new Float[] {1f}),
            RowFactory.create(1L, "b", new Float[] {1f}));
    assertFails(
        InputOptions.of(table),
        "Cannot prepare %s: found the id 1 in 2 rows (%s#1, %s#1), expected unique ids"
            .formatted(table, table, table));
    assertFails(
        InputOptions.of(table).withIdColumn("key"),
        "Cannot read the Parquet table %s: found no column 'key', expected --id-column to name one of id, name, vector"
            .formatted(table));
    assertFails(
        InputOptions.of(table).withLabels("class"),
        "Cannot read the Parquet table %s: found no column 'class', expected --labels to name one of id, name, vector"
            .formatted(table));
    assertFails(
        InputOptions.of(table).withIdColumn("name"),
        "Cannot use the column 'name' of %s as ids: found the type string, expected whole numbers"
            .formatted(table));
    assertFails(
        InputOptions.of(table).withSize(new ImageSize(4, 4)),
        "Cannot use --size or --channels for %s: found vectors in the column 'vector', expected images"
            .formatted(table));
    String lengths =
        parquet(
            "u",
            schema,
            RowFactory.create(1L, "a", new Float[] {1f}),
            RowFactory.create(2L, "b", new Float[] {1f, 2f}));
    assertFails(
        InputOptions.of(lengths),
        "Cannot prepare vectors of different lengths: found 1 entries in %s#1 and 2 in %s#2, expected one length"
            .formatted(lengths, lengths));
    String nothing =
        parquet("v", new StructType().add("id", DataTypes.LongType), RowFactory.create(1L));
    assertFails(
        InputOptions.of(nothing),
        "Cannot read the Parquet table %s: found nothing to cluster in its columns (id), expected one image struct, binary or vector column (or one called image, features or vector)"
            .formatted(nothing));
  }

  /** Another scheme stands for HDFS and S3A: listing, reading in tasks, writing, renaming. */
  @Test
  void anyHadoopFileSystemServes() throws IOException {
    SPARK.conf().set("fs.other.impl", OtherFileSystem.class.getName());
    in("x/a.png", grey(2, 2, 7, "png"));
    in("a.idx", idx(1, 5, 2, 2));
    Prepared images =
        new Preparation(SPARK, InputOptions.of("other://" + input() + "/*/*.png"))
            .to("other://" + folder.resolve("images"));
    assertThat(images.summary()).isEqualTo("1 images, 0 rejected, 0 labels");
    assertThat(byId(images).values().iterator().next().getString(1)).startsWith("other:/");
    Prepared idx =
        new Preparation(SPARK, InputOptions.of("other://" + input() + "/a.idx"))
            .to("other://" + folder.resolve("idx"));
    assertThat(idx.images()).isEqualTo(5);
    assertThat(folder.resolve("idx/dataset.json")).exists();
  }

  @Test
  void whatIsNoDataSetIsAUserError() {
    in("a.idx", idx(1, 5, 2, 2));
    assertUserError(
        () -> ImageDataset.open(SPARK, input()),
        "Cannot open the data set %s: found no dataset.json, expected a directory that `prepare` wrote"
            .formatted(input()));
    assertThat(ImageDataset.isDataset(SPARK, input())).isFalse();
    in("dataset.json", "{}".getBytes(StandardCharsets.US_ASCII));
    assertUserError(
        () -> ImageDataset.open(SPARK, input()),
        "Cannot open the data set %s: found a damaged dataset.json, expected one that `prepare` wrote"
            .formatted(input()));
  }

  @Test
  void labelsJoinByIdOrFail() {
    String images = in("i.idx", idx(1, 5, 2, 2));
    String labels = in("l.idx", idx(2, 5));
    Prepared prepared = prepare(InputOptions.of(images));
    assertUserError(
        () -> LabelTable.open(SPARK, output()),
        "Cannot read labels from the data set %s: found none, expected one prepared with --labels"
            .formatted(output()));
    assertThat(LabelTable.open(SPARK, labels).join(prepared.dataset().images()).count())
        .isEqualTo(5);
    String fewer = in("m.idx", idx(2, 4));
    assertUserError(
        () -> LabelTable.open(SPARK, fewer).join(prepared.dataset().images()),
        "Cannot label the images with %s: found 4 labels, expected 5, one an image"
            .formatted(fewer));
    String others =
        parquet(
            "others",
            new StructType().add("id", DataTypes.LongType).add("label", DataTypes.StringType),
            RowFactory.create(0L, "a"),
            RowFactory.create(1L, "a"),
            RowFactory.create(2L, "a"),
            RowFactory.create(3L, "a"),
            RowFactory.create(9L, "a"));
    assertUserError(
        () -> LabelTable.open(SPARK, others).join(prepared.dataset().images()),
        "Cannot label the images with %s: found labels for 4 of the ids, expected all 5"
            .formatted(others));
  }

  @Test
  void aPartOfEveryImageIsHiddenWhateverThePartitions() throws IOException {
    String input = write(folder.resolve("in.idx"), idx(6, 40, 20, 20));
    InputOptions options = InputOptions.of(input);
    OcclusionOptions occlusion = new OcclusionOptions(0.2, 7);
    Map<Long, Row> plain =
        byId(new Preparation(SPARK, options).to(folder.resolve("plain").toString()));
    Preparation hiding = new Preparation(SPARK, options).occluding(occlusion);
    Map<Long, Row> hidden = byId(hiding.to(folder.resolve("hidden").toString()));
    String packed =
        write(folder.resolve("other/in.idx.gz"), gzip(Files.readAllBytes(Path.of(input))));
    Map<Long, Row> again =
        byId(
            new Preparation(SPARK, InputOptions.of(packed))
                .occluding(occlusion)
                .to(folder.resolve("again").toString()));
    for (long id = 0; id < 40; id++) {
      byte[] before = plain.get(id).getAs("pixels");
      byte[] after = hidden.get(id).getAs("pixels");
      int changed = 0;
      for (int i = 0; i < before.length; i++) {
        changed += before[i] == after[i] ? 0 : 1;
      }
      assertThat(changed).isBetween(60, 85); // 9 x 9 of 400 pixels, few equal by chance
      assertThat(again.get(id).<byte[]>getAs("pixels")).isEqualTo(after);
    }
    assertThat(hiding.fingerprint()).isNotEqualTo(new Preparation(SPARK, options).fingerprint());
    assertThat(Files.readString(folder.resolve("hidden/dataset.json")))
        .contains("\"occlusion\" : \"0.2 of each image, seed 7\"");
    assertThatThrownBy(() -> new OcclusionOptions(1, 7))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot use --occlude 1.0: expected a share of the pixels above 0 and below 1");
  }
}
