package org.imageclustering.spark.data;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.imageclustering.UserException;
import scala.Tuple2;

/**
 * IDX images, and labels from as many IDX files. Plain files are read by many tasks, each seeking
 * to its records; a gzipped file is one stream and one task, and its images are then spread.
 */
final class IdxSource implements Source {
  private final SparkInput spark;
  private final InputFiles input;
  private final List<IdxFile> images;
  private final List<IdxFile> labels;
  private final Shaper shaper;

  IdxSource(SparkInput spark, InputFiles input, InputOptions options) {
    this.spark = spark;
    this.input = input;
    this.images = IdxFile.list(input, false, spark.hadoop());
    this.labels = options.labels().map(this::labelFiles).orElse(List.of());
    this.shaper = new Shaper(options);
  }

  private List<IdxFile> labelFiles(String uri) {
    if (uri.equals(InputOptions.FOLDERS)) {
      throw new UserException(
          "Cannot use --labels folders for IDX files: expected the path of IDX label files");
    }
    List<IdxFile> files = IdxFile.list(InputFiles.list(uri, spark.hadoop()), true, spark.hadoop());
    if (files.size() != images.size()) {
      throw new UserException(
          "Cannot pair the labels of %s with %s: found %d label files, expected %d, one an image file"
              .formatted(uri, input.input(), files.size(), images.size()));
    }
    for (int i = 0; i < files.size(); i++) {
      checkCount(images.get(i), files.get(i));
    }
    return files;
  }

  private static void checkCount(IdxFile images, IdxFile labels) {
    if (images.header().count() != labels.header().count()) {
      throw new UserException(
          "Cannot pair the labels of %s with %s: found %d labels, expected %d, one an image"
              .formatted(
                  labels.file().path(),
                  images.file().path(),
                  labels.header().count(),
                  images.header().count()));
    }
  }

  @Override
  public Dataset<Row> rows() {
    List<IdxSlice> slices = slices();
    JavaRDD<Row> rows = read(slices);
    int tasks = spark.tasks(input.bytes());
    boolean isPacked = images.stream().anyMatch(IdxFile::isPacked);
    return spark.table(isPacked && slices.size() < tasks ? spread(rows, count(), tasks) : rows);
  }

  @Override
  public Dataset<Row> rowsAsRead() {
    return spark.table(read(slices()));
  }

  private long count() {
    return images.stream().mapToLong(file -> file.header().count()).sum();
  }

  private List<IdxSlice> slices() {
    checkNotEmpty(count());
    List<IdxSlice> slices = new ArrayList<>();
    int tasks = spark.tasks(input.bytes());
    long firstId = 0;
    for (int i = 0; i < images.size(); i++) {
      IdxFile file = images.get(i);
      IdxFile labelFile = labels.isEmpty() ? null : labels.get(i);
      long count = file.isPacked() ? 1 : share(file, tasks);
      RecordSlice.of(file.file(), firstId, file.header().count(), count)
          .forEach(slice -> slices.add(new IdxSlice(slice, file, labelFile)));
      firstId += file.header().count();
    }
    return slices;
  }

  private JavaRDD<Row> read(List<IdxSlice> slices) {
    return read(spark.oneEach(slices), spark.broadcastHadoop(), shaper);
  }

  private void checkNotEmpty(long count) {
    if (count == 0) {
      throw new UserException(
          "Cannot read the input %s: found IDX files of 0 images, expected at least one"
              .formatted(input.input()));
    }
  }

  private long share(IdxFile file, int tasks) {
    return Math.max(1, Math.round(tasks * (file.file().length() / (double) input.bytes())));
  }

  private static JavaRDD<Row> read(
      JavaRDD<IdxSlice> slices, Broadcast<SerializableConfiguration> hadoop, Shaper shaper) {
    return slices.flatMap(
        slice -> InputFiles.unchecked(() -> slice.open(hadoop.value().value(), shaper)));
  }

  /** Gives each of {@code parts} tasks a range of ids. */
  private static JavaRDD<Row> spread(JavaRDD<Row> rows, long count, int parts) {
    JavaPairRDD<Integer, Row> byPart =
        rows.mapToPair(row -> new Tuple2<>((int) (row.getLong(0) * parts / count), row));
    return byPart.partitionBy(new HashPartitioner(parts)).values();
  }

  @Override
  public boolean idsAreUnique() {
    return true;
  }

  @Override
  public String labelSource() {
    return "one label an image";
  }
}
