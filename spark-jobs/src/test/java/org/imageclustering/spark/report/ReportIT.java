package org.imageclustering.spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.data.LabelTable;
import org.imageclustering.spark.data.Preparation;
import org.imageclustering.spark.evaluate.Evaluation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run over real digits whose clusters are the labels, with some mistakes and one label split. */
final class ReportIT {
  private static final String EVIL = "<script>alert('x')</script>.png";
  private static final ReportOptions SMALL = new ReportOptions(12, 64, 16L << 20, 600);

  @TempDir private static Path directory;
  private static SparkSession spark;
  private static ImageDataset dataset;
  private static Path run;
  private static String html;

  @BeforeAll
  static void writeReport() throws IOException {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "3")
            .getOrCreate();
    Path data = directory.resolve("data");
    dataset = new Preparation(spark, InputOptions.of("sample:mnist")).to(data.toString()).dataset();
    run = directory.resolve("run");
    writeAssignments();
    writeFeatures();
    writeRejected();
    writeTables();
    writeHistory();
    Evaluation.write(
        spark, run.toString(), Optional.of(LabelTable.open(spark, dataset.uri()).rows()));
    html = report(run, SMALL);
  }

  @Test
  void everySectionIsThere() {
    for (String id :
        List.of(
            "clusters",
            "confusion",
            "map",
            "map-by-epoch",
            "neighbours",
            "scores-by-epoch",
            "patterns",
            "eigenvalues",
            "candidates",
            "run",
            "rejected",
            "reproduce")) {
      assertThat(html).contains("<section id=\"" + id + "\">");
    }
  }

  @Test
  void scoresAndMapsByEpochComeFromTheHistory() throws IOException {
    String metrics = Files.readString(run.resolve("metrics.json"));
    assertThat(metrics)
        .containsPattern(
            "\"history\"\\s*:\\s*\\[\\s*\\{\\s*\"epoch\"\\s*:\\s*1,\\s*\"acc\"\\s*:\\s*0\\.1");
    assertThat(html)
        .contains("Epoch 1, ACC 0.1", "Epoch 2, ACC 0.", "The codes of the same 40 images");
    assertThat(html)
        .contains("Cluster 3: an image, and the nearest of its cluster")
        .contains("Cluster 3: the nearest of other clusters");
  }

  @Test
  void theHeadSaysWhatWasDone() {
    assertThat(html)
        .contains("<h1>sample:mnist, clustered by sa-net</h1>", "5\u202f000 images", "11 clusters")
        .contains("<dt>ACC</dt>", "<dt>NMI</dt>", "<dt>Silhouette</dt>", "1 min 12 s");
  }

  @Test
  void theMostAndLeastConfidentImagesAreShownInTheirOrder() {
    long surest =
        spark
            .read()
            .parquet(run.resolve("assignments").toString())
            .where("prediction = 3")
            .orderBy(col("confidence").desc(), col("id"))
            .first()
            .getAs("id");
    String cluster =
        html.substring(html.indexOf("id=\"cluster-3\""), html.indexOf("id=\"cluster-4\""));
    assertThat(cluster.indexOf("Image " + surest + ","))
        .isPositive()
        .isEqualTo(cluster.indexOf("Image "));
    assertThat(cluster.split("role=\"img\"", -1)).hasSize(2 * 12 + 1);
    assertThat(cluster).contains("mostly 3 (");
  }

  @Test
  void theChosenCandidateIsHighlightedAndScored() {
    assertThat(html)
        .contains("<tr class=\"chosen\"><td class=\"words\">commute-time-20/k-means-1")
        .contains("ACC</th>");
  }

  @Test
  void rejectedFilesAreSummedUpAndEscaped() {
    assertThat(html)
        .contains("3 inputs could not be used")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;.png")
        .doesNotContain(EVIL);
  }

  @Test
  void nothingIsFetched() {
    String markup = html.replaceAll("(?s)<script[^>]*>.*?</script>", "");
    assertThat(Pattern.compile("(src|href)=\"(?!#)").matcher(markup).find()).isFalse();
    assertThat(markup).doesNotContain("http:", "https:");
    assertThat(html.length()).isLessThan(4_000_000);
  }

  @Test
  void withoutItsDataSetTheReportHasNoPicturesAndSaysSo() throws IOException {
    Path copy = directory.resolve("moved");
    table(
            List.of(RowFactory.create(1L, "a", 0, 0.5), RowFactory.create(2L, "b", 1, null)),
            "id long, origin string, prediction int, confidence double")
        .write()
        .parquet(copy.resolve("assignments").toString());
    String plain = report(copy, ReportOptions.DEFAULT);
    assertThat(plain)
        .contains("The data set could not be opened, so there are no pictures.")
        .contains("No labels were given")
        .contains("2 clusters")
        .doesNotContain("data:image/png");
  }

  private static String report(Path of, ReportOptions options) throws IOException {
    Report.write(spark, of.toString(), options);
    return Files.readString(of.resolve("report/index.html"));
  }

  private static void writeAssignments() {
    Dataset<Row> labels = LabelTable.open(spark, dataset.uri()).rows();
    Dataset<Row> assignments =
        dataset
            .images()
            .select("id", "origin")
            .join(labels, "id")
            .withColumn("digit", col("label").cast("int"))
            .withColumn("mistaken", expr("pmod(hash(id), 100) < 9"))
            .withColumn(
                "prediction",
                expr(
                    "case when mistaken then pmod(digit + 2 + pmod(hash(id, 1), 3), 10)"
                        + " when digit = 1 and id % 3 = 0 then 10 else digit end"))
            .withColumn(
                "confidence",
                expr("(pmod(hash(id, 2), 1000) + 1) / 1001D * if(mistaken, 0.3D, 1D)"));
    assignments
        .select("id", "origin", "prediction", "confidence")
        .write()
        .parquet(run.resolve("assignments").toString());
    Dataset<Row> ward =
        assignments.select(
            col("id"),
            lit("embedding-10/ward").as("candidate"),
            expr("digit % 5").as("prediction"));
    ward.unionByName(
            assignments.select(
                col("id"), lit("commute-time-20/k-means-1").as("candidate"), col("prediction")))
        .write()
        .parquet(run.resolve("candidates").toString());
  }

  /** Pixels averaged over 4 x 4. */
  /** Two epochs: all in one cluster, then as in the end. */
  private static void writeHistory() {
    Dataset<Row> end = spark.read().parquet(run.resolve("assignments").toString());
    String codes = "if(id < 40, array(float(id % 7), float(id % 3)), null) as features";
    end.selectExpr("1 as epoch", "id", "0 as prediction", codes)
        .union(end.selectExpr("2 as epoch", "id", "prediction", codes))
        .write()
        .parquet(run.resolve("history").toString());
  }

  private static void writeFeatures() {
    List<Row> rows = new ArrayList<>();
    for (Row image : dataset.images().select("id", "pixels").collectAsList()) {
      byte[] pixels = image.getAs("pixels");
      Float[] pooled = new Float[49];
      Arrays.fill(pooled, 0f);
      for (int i = 0; i < pixels.length; i++) {
        pooled[i / 28 / 4 * 7 + i % 28 / 4] += (pixels[i] & 0xff) / 255f / 16;
      }
      rows.add(RowFactory.create(image.getLong(0), pooled));
    }
    table(rows, "id long, features array<float>")
        .write()
        .parquet(run.resolve("features").toString());
  }

  private static void writeRejected() {
    table(
            List.of(
                RowFactory.create(EVIL, "no image"),
                RowFactory.create("b.png", "no image"),
                RowFactory.create("c.png", "truncated")),
            "origin string, reason string")
        .write()
        .parquet(run.resolve("rejected").toString());
  }

  private static void writeTables() throws IOException {
    Files.createDirectories(run.resolve("tables"));
    List<String> eigenvalues = new ArrayList<>();
    for (String procedure : List.of("knn9", "knn17")) {
      for (int i = 0; i < 64; i++) {
        double value = 1 - Math.exp(-(i + 1) * (procedure.equals("knn9") ? 0.02 : 0.03));
        eigenvalues.add("[\"first\",\"%s\",%d,%s,%s]".formatted(procedure, i, value, 1e-6 * i));
      }
    }
    writeTable(
        "eigenvalues", "\"layer\",\"procedure\",\"index\",\"value\",\"residual\"", eigenvalues);
    List<String> patterns = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double angle = Math.PI * i / 40;
      List<Long> pixels = new ArrayList<>();
      for (int p = 0; p < 121; p++) {
        double across = (p % 11 - 5) * Math.cos(angle) + (p / 11 - 5) * Math.sin(angle);
        pixels.add(Math.round(128 + 120 * Math.cos(across)));
      }
      patterns.add("[\"first\",%d,11,11,1,%s]".formatted(i, pixels));
    }
    writeTable(
        "patterns", "\"layer\",\"index\",\"height\",\"width\",\"channels\",\"pixels\"", patterns);
    writeTable(
        "candidates",
        "\"position\",\"candidate\",\"modularity\",\"map_equation\",\"ncut\",\"chosen\"",
        List.of(
            "[0,\"embedding-10/ward\",0.71,9.4,0.8,false]",
            "[1,\"commute-time-20/k-means-1\",0.8123456,8.91,0.61,true]"));
    Files.writeString(run.resolve("run.json"), RECORD.formatted(dataset.uri()));
  }

  private static void writeTable(String name, String columns, List<String> rows)
      throws IOException {
    Files.writeString(
        run.resolve("tables").resolve(name + ".json"),
        "{\"columns\":[%s],\"rows\":[%s],\"cap\":null}".formatted(columns, String.join(",", rows)));
  }

  private static Dataset<Row> table(List<Row> rows, String schema) {
    return spark.createDataFrame(rows, StructType.fromDDL(schema));
  }

  private static final String RECORD =
      """
      {"schemaVersion": 1, "kind": "cluster", "method": "sa-net", "input": "sample:mnist",
       "dataset": "%s", "shape": "28x28x1", "seed": 1, "clusters": 11,
       "started": "2026-01-01T00:00:00Z", "ended": "2026-01-01T00:01:12Z", "state": "finished",
       "versions": {"product": "0.1.0", "spark": "3.5.5", "java": "17", "master": "local[2]"},
       "configuration": {"clusters": 11, "sa-net": {"fit-sample": 2000, "layer": {
         "first": {"patch": 11, "stride": 5, "eigenvectors": 64, "procedures": ["knn9", "knn17"]},
         "second": {"patch": 4, "stride": 1}},
         "procedure": {"knn9": {"affinity": "knn", "k": 9}, "knn17": {"affinity": "knn", "k": 17}}}},
       "stages": {
         "prepare": {"state": "done", "seconds": 2.31, "rows": 5000, "measures": {"rejected": 3}},
         "layer-first neighbours": {"state": "done", "seconds": 9.52,
           "measures": {"recall": 0.99134}},
         "layer-first eigenvectors": {"state": "done", "seconds": 21.4,
           "measures": {"residual": 4.1e-6, "products": 412}},
         "layer-second": {"state": "done", "seconds": 14.2},
         "last-step-graph": {"state": "done", "seconds": 6.8, "measures": {"candidates": 13}},
         "write assignments": {"state": "done", "seconds": 0.41, "rows": 5000}}}
      """;
}
