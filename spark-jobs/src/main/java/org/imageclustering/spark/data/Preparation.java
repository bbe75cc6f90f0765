package org.imageclustering.spark.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.data.ImageSize;
import org.imageclustering.spark.session.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a data set of a raw input.
 *
 * <ol>
 *   <li>the input's files are listed and their heads checked, before any Spark job;
 *   <li>every image or vector is read once, in parallel, and staged with the reason where there is
 *       none;
 *   <li>the staged rows are checked as a whole: ids, the share of rejected ones, sizes, labels;
 *   <li>images, labels and rejected ones are written, in a directory {@code _work-...} beside the
 *       output, {@code dataset.json} last, and the directory is renamed; on an object store, whose
 *       renames are copies, {@code dataset.json} follows after that.
 * </ol>
 *
 * <p>Whatever fails, nothing half-written is left. Costs one pass over the input, another for its
 * fingerprint below 1 GiB, and two over the decoded pixels on the output's file system.
 */
public final class Preparation {
  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

  /** Rows that are looked at before all are read. */
  private static final int FIRST_ROWS = 32;

  private final SparkSession spark;
  private final InputOptions options;
  private final Optional<ImageSize> mixedSize;
  private final Optional<OcclusionOptions> occlusion;
  private final boolean wholeVectors;

  /** A preparation of what the options name. */
  public Preparation(SparkSession spark, InputOptions options) {
    this(spark, withOwnLabels(options), Optional.empty(), Optional.empty(), false);
  }

  private Preparation(
      SparkSession spark,
      InputOptions options,
      Optional<ImageSize> mixedSize,
      Optional<OcclusionOptions> occlusion,
      boolean wholeVectors) {
    this.spark = spark;
    this.options = options;
    this.mixedSize = mixedSize;
    this.occlusion = occlusion;
    this.wholeVectors = wholeVectors;
  }

  private static InputOptions withOwnLabels(InputOptions options) {
    return SampleInput.isSample(options.input()) ? options.withLabels(options.input()) : options;
  }

  /**
   * Returns a preparation that letterboxes the images to this size if, and only if, they differ in
   * size and the options name none; otherwise that is an error.
   */
  public Preparation fittingMixedSizesTo(ImageSize size) {
    return new Preparation(spark, options, Optional.of(size), occlusion, wholeVectors);
  }

  /** Returns a preparation that hides a part of every image behind a block of another one. */
  public Preparation occluding(OcclusionOptions hidden) {
    return new Preparation(spark, options, mixedSize, Optional.of(hidden), wholeVectors);
  }

  /**
   * Returns a preparation that refuses a table of vectors of which some cannot be used, instead of
   * leaving them out: an embedding with NaN is a fault of whatever made it, and not one bad file
   * among many.
   */
  public Preparation requiringWholeVectors() {
    return new Preparation(spark, options, mixedSize, occlusion, true);
  }

  /**
   * Returns the fingerprint that the data set will have, without making it: see {@link
   * InputFingerprint}.
   *
   * @throws UserException if there is no such input
   */
  public String fingerprint() {
    return InputFingerprint.of(spark, options, mixedSize, occlusion);
  }

  /**
   * Returns what the data set's rows will be like as far as the first of the input's rows tell,
   * without making it; nothing of a bundled sample, and where none of them can be read. Costs less
   * than a pass over the input, but where no row can be read.
   *
   * @throws UserException if there is no such input, or its heads are not what they must be
   */
  public Optional<DatasetShape> foreseen() {
    if (SampleInput.isSample(options.input())) {
      return Optional.empty();
    }
    SparkInput sparkInput = new SparkInput(spark);
    Source source = source(sparkInput, InputFiles.list(options.input(), sparkInput.hadoop()));
    return StagedTables.ofFirst(spark, source, FIRST_ROWS)
        .map(first -> mixedSize.map(first::fittedTo).orElse(first))
        .map(StagedSummary::shape);
  }

  /**
   * Writes the data set, or finds it there already, of the same input and settings.
   *
   * @param output a directory that does not exist yet or is empty
   * @throws UserException if the input cannot be used as the options say, or the output is
   *     something else
   */
  public Prepared to(String output) {
    long start = System.nanoTime();
    LOG.info("Preparing {} starts", options.input());
    try {
      Prepared prepared = prepare(new Path(output));
      LOG.info(
          "Preparing {} ends after {} s: {}",
          options.input(),
          (System.nanoTime() - start) / 1_000_000_000L,
          prepared.summary());
      return prepared;
    } catch (IOException e) {
      throw new UserException(
          "Cannot write the data set %s: found '%s', expected a place that can be written"
              .formatted(output, e.getMessage()),
          e);
    }
  }

  private Prepared prepare(Path output) throws IOException {
    if (ImageDataset.isDataset(spark, options.input())) {
      throw new UserException(
          "Cannot prepare %s: found a data set, expected a raw input".formatted(options.input()));
    }
    if (options.classes().isPresent() && options.labels().isEmpty()) {
      throw new UserException(
          "Cannot use --classes %d: found no labels, expected --labels to tell the classes"
              .formatted(options.classes().getAsInt()));
    }
    FileSystem system = output.getFileSystem(spark.sessionState().newHadoopConf());
    if (SampleInput.isSample(options.input())) {
      writeOnce(system, output, fingerprint(), work -> sample(system, work));
    } else {
      SparkInput sparkInput = new SparkInput(spark);
      InputFiles files = InputFiles.list(options.input(), sparkInput.hadoop());
      Source source = source(sparkInput, files);
      String fingerprint = InputFingerprint.of(sparkInput, files, options, mixedSize, occlusion);
      writeOnce(system, output, fingerprint, work -> source);
    }
    ImageDataset dataset = ImageDataset.open(spark, output.toString());
    DatasetRecord record = ImageDataset.recordOf(system, output).orElseThrow();
    return new Prepared(dataset, record.images(), record.rejected(), record.labels());
  }

  private Source sample(FileSystem system, Path work) throws IOException {
    SparkInput sparkInput = new SparkInput(spark);
    InputOptions copied = SampleInput.copy(options, system, new Path(work, StagedTables.SAMPLE));
    InputFiles files = InputFiles.list(copied.input(), sparkInput.hadoop());
    return new IdxSource(sparkInput, files.named(options.input()), copied);
  }

  private Source source(SparkInput sparkInput, InputFiles files) {
    InputFormat format = FormatDetection.of(options, files, sparkInput.hadoop());
    LOG.info("{}: {} files, {} bytes", format, files.files().size(), files.bytes());
    return switch (format) {
      case IDX -> new IdxSource(sparkInput, files, options);
      case CIFAR -> new CifarSource(sparkInput, files, options);
      case PARQUET -> new ParquetSource(sparkInput, files, options);
      case IMAGES, AUTO -> new FolderSource(sparkInput, files, fitted(sparkInput, files));
    };
  }

  private InputOptions fitted(SparkInput sparkInput, InputFiles files) {
    boolean asked = options.size().isPresent() || mixedSize.isEmpty();
    if (asked || !SizeProbe.sizesDiffer(files, sparkInput.hadoop())) {
      return options;
    }
    LOG.info("The images differ in size: all are letterboxed to {}", mixedSize.get());
    return options.withSize(mixedSize.get());
  }

  private void writeOnce(FileSystem system, Path output, String fingerprint, SourceAt sourceAt)
      throws IOException {
    if (existing(system, output, fingerprint).isEmpty()) {
      write(system, output, fingerprint, sourceAt);
    }
  }

  private Optional<DatasetRecord> existing(FileSystem system, Path output, String fingerprint)
      throws IOException {
    if (!system.exists(output)) {
      return Optional.empty();
    }
    Optional<DatasetRecord> record = ImageDataset.recordOf(system, output);
    if (record.isEmpty()) {
      if (system.getFileStatus(output).isFile() || system.listStatus(output).length > 0) {
        throw new UserException(
            "Cannot write the data set %s: found other files there, expected nothing"
                .formatted(output));
      }
      return record;
    }
    boolean same =
        record.get().fingerprint().equals(fingerprint)
            && record.get().labelSource().equals(labelSource());
    if (!same) {
      throw new UserException(
          "Cannot write the data set %s: found one of another input or other settings (%s) there"
                  .formatted(output, record.get().source())
              + ", expected nothing or the same");
    }
    LOG.info("{} is there already, of the same input and settings", output);
    return record;
  }

  private String labelSource() {
    return options.labels().orElse("");
  }

  private void write(FileSystem system, Path output, String fingerprint, SourceAt sourceAt)
      throws IOException {
    Path target = system.makeQualified(output);
    Path work = new Path(target.getParent(), "_work-" + target.getName() + "-" + attempt());
    try {
      system.mkdirs(work);
      system.deleteOnExit(work);
      StagedSummary summary =
          new StagedTables(spark, work, occlusion).write(sourceAt.open(work), options, mixedSize);
      requireWholeVectors(summary, work);
      publish(system, work, target, record(summary, fingerprint));
    } finally {
      system.delete(work, true);
      system.cancelDeleteOnExit(work);
    }
  }

  private void requireWholeVectors(StagedSummary summary, Path work) {
    if (wholeVectors && summary.kind() == DatasetKind.VECTORS && summary.rejected() > 0) {
      String rejected = new Path(work, ImageDataset.REJECTED).toString();
      Row first = spark.read().parquet(rejected).orderBy(Staged.ORIGIN).first();
      throw new UserException(
          "Cannot cluster vectors: found %d rows that cannot be used, the first, %s, %s; expected finite numbers in every row ('prepare' leaves such rows out)"
              .formatted(summary.rejected(), first.getString(0), first.getString(1)));
    }
  }

  private static String attempt() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  /** Whenever the process is killed, there is nothing or a data set, but on an object store. */
  private static void publish(FileSystem system, Path work, Path target, DatasetRecord record)
      throws IOException {
    boolean isAtomic = Storage.of(target, system.getConf()).renamesAtomically();
    if (isAtomic) {
      writeRecord(system, work, record);
    }
    if (system.exists(target)) {
      system.delete(target, false);
    }
    if (!system.rename(work, target)) {
      throw new IOException("could not rename %s to %s".formatted(work, target));
    }
    if (!isAtomic) {
      writeLast(system, target, record);
    }
  }

  private static void writeLast(FileSystem system, Path target, DatasetRecord record)
      throws IOException {
    boolean done = false;
    try {
      writeRecord(system, target, record);
      done = true;
    } finally {
      if (!done) {
        system.delete(target, true);
      }
    }
  }

  private DatasetRecord record(StagedSummary summary, String fingerprint) {
    return new DatasetRecord(
        summary.kind(),
        options.input(),
        summary.accepted(),
        summary.rejected(),
        summary.labels(),
        labelSource(),
        summary.height(),
        summary.width(),
        summary.channels(),
        occlusion.map(OcclusionOptions::toString).orElse(""),
        fingerprint);
  }

  private static void writeRecord(FileSystem system, Path directory, DatasetRecord record)
      throws IOException {
    try (OutputStream out = system.create(new Path(directory, DatasetRecord.FILE), false)) {
      out.write(record.toJson());
    }
  }

  /** Opens the source, which may need files in the work directory. */
  @FunctionalInterface
  private interface SourceAt {
    Source open(Path work) throws IOException;
  }
}
