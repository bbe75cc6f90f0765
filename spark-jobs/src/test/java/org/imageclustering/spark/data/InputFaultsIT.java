package org.imageclustering.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageclustering.spark.data.DataFixtures.cifar;
import static org.imageclustering.spark.data.DataFixtures.grey;
import static org.imageclustering.spark.data.DataFixtures.idx;
import static org.imageclustering.spark.data.DataFixtures.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.data.ImageSize;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be opened, and processes that end at a bad moment. */
final class InputFaultsIT {
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "4")
          .getOrCreate();

  @TempDir private Path folder;

  @BeforeEach
  void watch() {
    for (String scheme : List.of("watched", "swift")) {
      SPARK.conf().set("fs." + scheme + ".impl", WatchedFileSystem.class.getName());
    }
    WatchedFileSystem.RENAMED.clear();
  }

  private String in(String name, byte[] content) {
    return "watched://" + write(folder.resolve("in").resolve(name), content);
  }

  @Test
  void aFileThatCannotBeOpenedIsARejectedRow() throws IOException {
    in("a-forbidden.png", grey(4, 4, 10, "png"));
    in("b.png", grey(4, 4, 20, "png"));
    in("c-vanished.png", grey(4, 4, 30, "png"));
    in("d.png", grey(4, 8, 40, "png"));
    InputOptions options = InputOptions.of("watched://" + folder.resolve("in") + "/*");
    Preparation preparation =
        new Preparation(SPARK, options).fittingMixedSizesTo(new ImageSize(6, 6));
    Prepared prepared = preparation.to(folder.resolve("out").toString());
    assertThat(prepared.summary()).isEqualTo("2 images, 2 rejected, 0 labels");
    assertThat(prepared.dataset().shape().height()).isEqualTo(6);
    List<Row> rejected = prepared.dataset().rejected().orderBy("origin").collectAsList();
    assertThat(rejected)
        .containsExactly(
            RowFactory.create(
                "watched:" + folder + "/in/a-forbidden.png", "cannot be opened: Permission denied"),
            RowFactory.create(
                "watched:" + folder + "/in/c-vanished.png", "cannot be opened: No such file"));
    assertThat(preparation.fingerprint()).isEqualTo(prepared.dataset().fingerprint());
    assertThat(InputFingerprint.of(SPARK, options))
        .as("with what could not be opened")
        .isNotEqualTo(
            InputFingerprint.of(SPARK, options.withInput(folder.resolve("in").toString())));
  }

  @Test
  void aFileWithoutWhichAnInputIsNotWholeIsAUserError() {
    for (String file :
        List.of(
            in("forbidden.idx", idx(1, 5, 2, 2)),
            in("forbidden.parquet", "PAR1 and some more PAR1".getBytes(StandardCharsets.US_ASCII)),
            in("forbidden.bin", cifar(4, 1)))) {
      assertThatThrownBy(
              () ->
                  new Preparation(SPARK, InputOptions.of(file))
                      .to(folder.resolve("out").toString()))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "Cannot read %s: found 'Permission denied', expected a file that can be opened"
                  .formatted(file.replace("://", ":")));
    }
  }

  @Test
  void aDataSetNeverStandsWithoutItsRecordWhereRenamesAreAtomic() {
    String input = write(folder.resolve("in.idx"), idx(1, 5, 2, 2));
    new Preparation(SPARK, InputOptions.of(input)).to("watched://" + folder.resolve("atomic"));
    assertThat(WatchedFileSystem.RENAMED).hasSize(1);
    assertThat(WatchedFileSystem.RENAMED.get(0)).contains("images", "rejected", "dataset.json");
    new Preparation(SPARK, InputOptions.of(input)).to("swift://" + folder.resolve("copied"));
    assertThat(WatchedFileSystem.RENAMED.get(1)).contains("images").doesNotContain("dataset.json");
    assertThat(folder.resolve("copied/dataset.json")).exists();
  }

  @Test
  void theFormatCountsInTheFingerprintByWhateverNameItIsKnown() throws IOException {
    write(folder.resolve("in/a.png"), grey(4, 4, 10, "png"));
    InputOptions told = InputOptions.of(folder.resolve("in").toString());
    String fingerprint = InputFingerprint.of(SPARK, told);
    assertThat(InputFingerprint.of(SPARK, told.withFormat(InputFormat.IMAGES)))
        .isEqualTo(fingerprint);
    assertThat(InputFingerprint.of(SPARK, told.withFormat(InputFormat.CIFAR)))
        .isNotEqualTo(fingerprint);
  }
}
