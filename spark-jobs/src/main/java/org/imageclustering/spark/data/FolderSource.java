package org.imageclustering.spark.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.imageclustering.UserException;
import org.imageclustering.data.ImageDecoder;
import org.imageclustering.data.ImageLimits;
import org.imageclustering.data.UnreadableImageException;

/** Image files at any depth below a folder; one file at a time in a task's memory. */
final class FolderSource implements Source {
  private final SparkInput spark;
  private final InputFiles input;
  private final Shaper shaper;
  private final boolean labelled;

  FolderSource(SparkInput spark, InputFiles input, InputOptions options) {
    options.labels().ifPresent(FolderSource::checkLabels);
    this.spark = spark;
    this.input = input;
    this.shaper = new Shaper(options);
    this.labelled = options.labels().isPresent();
  }

  private static void checkLabels(String labels) {
    if (!labels.equals(InputOptions.FOLDERS)) {
      throw new UserException(
          "Cannot use --labels %s for image files: expected 'folders'".formatted(labels));
    }
  }

  @Override
  public Dataset<Row> rows() {
    List<FileGroup> groups = FileGroup.of(input.files(), spark.tasks(input.bytes()));
    return spark.table(read(spark.oneEach(groups), spark.broadcastHadoop(), shaper, labelled));
  }

  private static JavaRDD<Row> read(
      JavaRDD<FileGroup> groups,
      Broadcast<SerializableConfiguration> hadoop,
      Shaper shaper,
      boolean labelled) {
    return groups.flatMap(group -> read(group, hadoop.value().value(), shaper, labelled));
  }

  private static Iterator<Row> read(
      FileGroup group, Configuration hadoop, Shaper shaper, boolean labelled) {
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    return Arrays.stream(group.files())
        .map(
            file ->
                InputFiles.unchecked(
                    () -> row(file, decoder, hadoop, shaper, labelled ? file.folder() : null)))
        .iterator();
  }

  /** A file that cannot be opened is rejected; any other failure to read is Spark's to retry. */
  private static Row row(
      InputFile file, ImageDecoder decoder, Configuration hadoop, Shaper shaper, String label)
      throws IOException {
    try {
      decoder.checkBytes(file.length());
      byte[] content = content(file, hadoop);
      return Staged.image(file.id(), file.path(), shaper.shape(decoder.decode(content)), label);
    } catch (UnreadableImageException e) {
      return Staged.rejected(file.id(), file.path(), e.getMessage());
    } catch (IOException e) {
      if (!InputFiles.cannotBeOpened(e)) {
        throw e;
      }
      return Staged.rejected(file.id(), file.path(), "cannot be opened: " + e.getMessage());
    }
  }

  private static byte[] content(InputFile file, Configuration hadoop) throws IOException {
    try (InputStream in = InputFiles.open(file.path(), hadoop)) {
      return in.readAllBytes();
    }
  }

  @Override
  public boolean idsAreUnique() {
    return false;
  }

  @Override
  public String labelSource() {
    return "a folder inside the input that holds it (--labels folders)";
  }
}
