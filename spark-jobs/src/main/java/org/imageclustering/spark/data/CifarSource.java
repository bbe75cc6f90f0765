package org.imageclustering.spark.data;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.imageclustering.UserException;
import org.imageclustering.data.CifarFormat;
import org.imageclustering.data.CifarReader;

/** Binary CIFAR files, read by many tasks that each seek to their records. */
final class CifarSource implements Source {
  private static final int NO_LABEL = -1;

  private final SparkInput spark;
  private final InputFiles input;
  private final List<InputFile> files;
  private final CifarFormat format;
  private final Shaper shaper;
  private final int label;

  CifarSource(SparkInput spark, InputFiles input, InputOptions options) {
    this.spark = spark;
    this.input = input;
    this.files = binaries(input);
    this.format = CifarFormat.require(files.get(0).path(), files.get(0).length());
    this.shaper = new Shaper(options);
    this.label = options.labels().map(format::labelIndex).orElse(NO_LABEL);
    files.forEach(this::checkFormat);
  }

  /** In the published directories a web page and lists of names lie beside the {@code .bin}. */
  private static List<InputFile> binaries(InputFiles input) {
    List<InputFile> files = new ArrayList<>(input.files());
    if (!input.isSingle()) {
      files.removeIf(file -> !file.relative().endsWith(".bin"));
    }
    if (files.isEmpty()) {
      throw new UserException(
          "Cannot read CIFAR files from %s: found %s, expected files that end in .bin"
              .formatted(input.input(), input.files().get(0).relative()));
    }
    return files;
  }

  private void checkFormat(InputFile file) {
    InputFiles.opened(
        file,
        () -> {
          InputFiles.open(file.path(), spark.hadoop()).close();
          return null;
        });
    if (CifarFormat.require(file.path(), file.length()) != format) {
      throw new UserException(
          "Cannot read CIFAR-10 and CIFAR-100 records as one input: found both in %s and %s"
              .formatted(files.get(0).path(), file.path()));
    }
  }

  @Override
  public Dataset<Row> rows() {
    List<RecordSlice> slices = new ArrayList<>();
    double tasks = spark.tasks(input.bytes());
    long firstId = 0;
    for (InputFile file : files) {
      long records = file.length() / format.recordBytes();
      long share = Math.round(tasks * file.length() / input.bytes());
      slices.addAll(RecordSlice.of(file, firstId, records, share));
      firstId += records;
    }
    return spark.table(
        read(spark.oneEach(slices), spark.broadcastHadoop(), format, new Labelled(shaper, label)));
  }

  private static JavaRDD<Row> read(
      JavaRDD<RecordSlice> slices,
      Broadcast<SerializableConfiguration> hadoop,
      CifarFormat format,
      Labelled labelled) {
    return slices.flatMap(
        slice -> InputFiles.unchecked(() -> open(slice, hadoop.value().value(), format, labelled)));
  }

  private static Iterator<Row> open(
      RecordSlice slice, Configuration hadoop, CifarFormat format, Labelled labelled)
      throws IOException {
    Path path = new Path(slice.file().path());
    FSDataInputStream in = path.getFileSystem(hadoop).open(path);
    in.seek(slice.from() * format.recordBytes());
    CifarReader reader = new CifarReader(in, format, slice.file().path());
    return new RecordRows(
        slice, new Records(reader, labelled), slice.file().length() / format.recordBytes());
  }

  @Override
  public boolean idsAreUnique() {
    return true;
  }

  @Override
  public String labelSource() {
    return "one label a record";
  }

  /** How records become rows: their shape, and which byte is the label. */
  private static final class Labelled implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Shaper shaper;
    private final int label;

    Labelled(Shaper shaper, int label) {
      this.shaper = shaper;
      this.label = label;
    }
  }

  private static final class Records implements RecordReader {
    private final CifarReader reader;
    private final Labelled labelled;

    Records(CifarReader reader, Labelled labelled) {
      this.reader = reader;
      this.labelled = labelled;
    }

    @Override
    public Row next(long id, String origin) throws IOException {
      if (!reader.advance()) {
        throw new IOException("The file became shorter while it was read: " + origin);
      }
      String label =
          labelled.label == NO_LABEL ? null : Integer.toString(reader.label(labelled.label));
      return Staged.image(id, origin, labelled.shaper.shape(reader.image()), label);
    }

    @Override
    public void finish() {
      // The length was a multiple of the record when the input was listed.
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
