package org.imageclustering.spark.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.data.ImageSize;
import org.imageclustering.patch.MapShape;
import org.imageclustering.report.ClusterSection;
import org.imageclustering.report.ClusterSection.Cluster;
import org.imageclustering.report.Page;
import org.imageclustering.report.Section;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.evaluate.RunFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code RUN/report/index.html}: one page that opens offline. Draws what the run has; a run
 * of vectors, or one whose data set has moved, gets a page without pictures that says so.
 */
public final class Report {
  private static final Logger LOG = LoggerFactory.getLogger(Report.class);

  private final SparkSession spark;
  private final RunFiles run;
  private final ReportOptions options;
  private final RunFacts facts;

  private Report(SparkSession spark, RunFiles run, ReportOptions options) {
    this.spark = spark;
    this.run = run;
    this.options = options;
    this.facts = new RunFacts(run);
  }

  /**
   * Writes the report with the default options.
   *
   * @throws UserException if the run cannot be read
   */
  public static void write(SparkSession spark, String run) {
    write(spark, run, ReportOptions.DEFAULT);
  }

  /**
   * Writes the report.
   *
   * <p>What reaches the driver: the pictures that the options allow, K mean images, the sample of
   * the map, and the run's small tables.
   *
   * @throws UserException if the run cannot be read
   */
  public static void write(SparkSession spark, String run, ReportOptions options) {
    String description = spark.sparkContext().getLocalProperty("spark.job.description");
    spark.sparkContext().setJobDescription("report");
    try {
      RunFiles files = RunFiles.open(spark, run);
      String html = new Report(spark, files, options).page().html();
      files.replace("report/index.html", html);
      LOG.info("report of {} characters in {}/report/index.html", html.length(), run);
    } finally {
      spark.sparkContext().setJobDescription(description);
    }
  }

  private Page page() {
    Optional<ImageDataset> opened = dataset();
    Optional<ImageDataset> dataset = opened.filter(d -> d.shape().isOfImages());
    Optional<Dataset<Row>> images = dataset.map(ImageDataset::images);
    RunSections small = new RunSections(run, facts.metrics());
    Dataset<Row> assignments = run.table("assignments");
    int clusterCount = (int) assignments.select("prediction").distinct().count();
    ThumbPlan plan =
        ThumbPlan.of(
            options,
            clusterCount,
            dataset.map(d -> d.shape().image()).orElse(new MapShape(1, 1, 1)));
    List<Cluster> clusters =
        new ClusterExamples(assignments, plan).clusters(images, small.labelsOfClusters());
    long count = clusters.stream().mapToLong(Cluster::size).sum();

    List<Section> sections = new ArrayList<>();
    sections.add(new ClusterSection(intro(images.isPresent(), plan), clusters));
    small.confusion().ifPresent(sections::add);
    new RunMap(spark, run, options)
        .section(images, dataset.map(Report::sizeOf).orElse(plan.size()), count)
        .ifPresent(sections::add);
    RunHistory history = new RunHistory(run, facts.metrics());
    history.maps().ifPresent(sections::add);
    new RunNeighbours(spark, run).section(images, plan).ifPresent(sections::add);
    small.patterns().ifPresent(sections::add);
    small.centres().ifPresent(sections::add);
    small.kernels().ifPresent(sections::add);
    small.clusterCount().ifPresent(sections::add);
    small.reconstructions().ifPresent(sections::add);
    small.learning().ifPresent(sections::add);
    history.scores().ifPresent(sections::add);
    small.eigenvalues().ifPresent(sections::add);
    small.candidates().ifPresent(sections::add);
    sections.add(facts.section());
    small.rejected().ifPresent(sections::add);
    sections.add(facts.reproduce());
    String note =
        opened.isPresent() ? "" : "The data set could not be opened, so there are no pictures.";
    return new Page(facts.head(count, clusters.size(), note), sections, foot());
  }

  private Optional<ImageDataset> dataset() {
    try {
      return Optional.of(ImageDataset.open(spark, facts.text("dataset")));
    } catch (UserException e) {
      LOG.warn("The report has no pictures: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static ImageSize sizeOf(ImageDataset dataset) {
    return new ImageSize(dataset.shape().height(), dataset.shape().width());
  }

  private static String intro(boolean hasImages, ThumbPlan plan) {
    return hasImages
        ? "Below, for each cluster, up to %d images that it is surest of and as many that it is least sure of, at %s pixels; point at one for its id, origin and confidence. This page shows so many that it stays small; the run's assignments table has all."
            .formatted(plan.perRow(), plan.size())
        : "There are no pixels to show; the run's assignments table has every row.";
  }

  private static String foot() {
    String version = Report.class.getPackage().getImplementationVersion();
    return "Image Clustering on Apache Spark%s · written %s · pictures and charts are inside this file (charts: Apache ECharts, Apache-2.0)"
        .formatted(
            version == null ? "" : " " + version, Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }
}
