package org.imageclustering.spark.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator and its model, in the session that other tests of this JVM share. */
final class SpectralEmbeddingIT {
  private static final int ROWS = 300;
  private static final int CLUSTERS = 4;
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("features", SQLDataTypes.VectorType(), false);

  @TempDir Path directory;

  @Test
  void blobsAreFoundAndFittedPointsKeepTheirAssignments() {
    Dataset<Row> rows = frame(blobs(), 3);
    SpectralEmbeddingModel model = estimator().fit(rows);
    Map<Long, Row> assigned = byId(model.transform(rows));
    Map<Integer, Integer> clusterOfBlob = new HashMap<>();
    for (Map.Entry<Long, Row> entry : assigned.entrySet()) {
      int blob = (int) (entry.getKey() % CLUSTERS);
      int cluster = entry.getValue().getAs("prediction");
      assertThat(clusterOfBlob.computeIfAbsent(blob, b -> cluster)).isEqualTo(cluster);
      assertThat(entry.getValue().<Double>getAs("confidence")).isBetween(0.5, 1.0);
      assertThat(entry.getValue().<Vector>getAs("embedding").size()).isPositive();
    }
    assertThat(clusterOfBlob.values()).doesNotHaveDuplicates().hasSize(CLUSTERS);
  }

  @Test
  void oneThreeAndSevenPartitionsInAnyOrderGiveTheSame() {
    List<Row> rows = noisy();
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(3));
    Map<Long, Row> one = byId(estimator().fit(frame(rows, 1)).transform(frame(rows, 1)));
    Map<Long, Row> three = byId(estimator().fit(frame(shuffled, 3)).transform(frame(rows, 3)));
    Map<Long, Row> seven = byId(estimator().fit(frame(shuffled, 7)).transform(frame(shuffled, 7)));
    assertThat(three).isEqualTo(one);
    assertThat(seven).isEqualTo(one);
  }

  @Test
  void theChosenCandidateAndTheScoresAreThere() {
    Dataset<Row> rows = frame(noisy(), 2);
    SpectralEmbeddingModel model = estimator().fit(rows);
    Dataset<Row> scores = model.candidateScores(SPARK).cache();
    long candidates = scores.count() - 1;
    assertThat(scores.filter("chosen").count()).isEqualTo(1);
    double chosen = scores.filter("chosen").first().getAs("ncut");
    double best =
        scores.filter("candidate != 'result'").agg(functions.min("ncut")).first().getDouble(0);
    assertThat(chosen).isEqualTo(best);
    assertThat(scores.filter("candidate = 'result'").count()).isEqualTo(1);
    Dataset<Row> all = model.candidates(SPARK);
    assertThat(all.columns()).containsExactly("id", "candidate", "prediction");
    assertThat(all.count()).isEqualTo(candidates * ROWS);
    Dataset<Row> used = all.groupBy("candidate").agg(functions.countDistinct("prediction").as("k"));
    assertThat(used.filter("k = " + CLUSTERS).count()).isEqualTo(candidates);
    Row first = model.eigenvalues(SPARK).orderBy("index").first();
    assertThat(first.<Double>getAs("value")).isBetween(0.999, 1.001);
    scores.unpersist();
  }

  @Test
  void aModelThatWasSavedAssignsTheSame() throws IOException {
    List<Row> rows = noisy();
    SpectralEmbeddingModel model =
        estimator().setLandmarks(200).setPredictionCol("cluster").fit(frame(rows, 2));
    String path = directory.resolve("model").toString();
    model.write().save(path);
    SpectralEmbeddingModel loaded = SpectralEmbeddingModel.load(path);
    assertThat(byId(loaded.transform(frame(rows, 3))))
        .isEqualTo(byId(model.transform(frame(rows, 2))));
    assertThat(loaded.candidateScores(SPARK).collectAsList())
        .isEqualTo(model.candidateScores(SPARK).collectAsList());
    assertThat(loaded.candidates(SPARK).orderBy("id", "candidate").collectAsList())
        .isEqualTo(model.candidates(SPARK).orderBy("id", "candidate").collectAsList());
    assertThat(loaded.eigenvalues(SPARK).collectAsList())
        .isEqualTo(model.eigenvalues(SPARK).collectAsList());
    assertThat(loaded.components()).isEqualTo(model.components());
    SpectralEmbedding estimator = estimator();
    estimator.write().save(directory.resolve("estimator").toString());
    SpectralEmbedding read =
        SpectralEmbedding.read().load(directory.resolve("estimator").toString());
    assertThat(read.options()).isEqualTo(estimator.options());
  }

  @Test
  void aSampleOfLandmarksAssignsTheRest() {
    Dataset<Row> rows = frame(blobs(), 3);
    SpectralEmbeddingModel model = estimator().setLandmarks(100).fit(rows);
    assertThat(model.fittedCount()).isEqualTo(100);
    Map<Long, Row> assigned = byId(model.transform(rows));
    for (long id = 0; id < ROWS; id++) {
      assertThat(assigned.get(id).<Integer>getAs("prediction"))
          .isEqualTo(assigned.get(id % CLUSTERS).<Integer>getAs("prediction"));
    }
  }

  @Test
  void arraysOfFloatsAreVectorsToo() {
    List<Row> vectors = noisy();
    List<Row> arrays = new ArrayList<>();
    for (Row row : vectors) {
      double[] values = row.<Vector>getAs(1).toArray();
      Float[] floats = new Float[values.length];
      for (int j = 0; j < floats.length; j++) {
        floats[j] = (float) values[j];
      }
      arrays.add(RowFactory.create((int) row.getLong(0), floats));
    }
    StructType schema =
        new StructType()
            .add("key", DataTypes.IntegerType)
            .add("codes", DataTypes.createArrayType(DataTypes.FloatType));
    Dataset<Row> rows = SPARK.createDataFrame(arrays, schema);
    SpectralEmbeddingModel model = estimator().setIdCol("key").setFeaturesCol("codes").fit(rows);
    Map<Long, Row> expected = byId(estimator().fit(frame(vectors, 1)).transform(frame(vectors, 1)));
    for (Row row : model.transform(rows).collectAsList()) {
      long id = row.<Integer>getAs("key");
      assertThat(row.<Integer>getAs("prediction"))
          .isEqualTo(expected.get(id).<Integer>getAs("prediction"));
    }
  }

  @Test
  void equalPointsAreOneLandmark() {
    List<Row> rows = blobs();
    for (int i = 0; i < 60; i++) {
      rows.add(RowFactory.create((long) ROWS + i, rows.get(0).get(1)));
    }
    SpectralEmbeddingModel model = estimator().fit(frame(rows, 2));
    assertThat(model.fittedCount()).isEqualTo(ROWS + 60);
    Map<Long, Row> assigned = byId(model.transform(frame(rows, 2)));
    for (int i = 0; i < 60; i++) {
      assertThat(assigned.get((long) ROWS + i).<Integer>getAs("prediction"))
          .isEqualTo(assigned.get(0L).<Integer>getAs("prediction"));
    }
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    assertRefused(
        List.of(row(1, 1, 2), row(2, 1, 2), row(3, 3, 4)),
        "Cannot use clusters: found 4, expected at most the number of distinct points, 2");
    assertRefused(
        List.of(row(1, 1, 2), row(1, 5, 2)),
        "Cannot cluster: found id 1 in several rows, expected unique ids");
    assertRefused(
        List.of(row(1, 1, 2), row(7, Double.NaN, 2)),
        "Cannot cluster column 'features': found NaN in the row of id 7, expected finite numbers");
    assertRefused(
        List.of(row(1, 1, 2), row(8, 1, 2, 3)),
        "Cannot cluster column 'features': found a vector of length 3 in the row of id 8, expected"
            + " 2");
    assertRefused(List.of(), "Cannot cluster: found no rows, expected at least two");
    Dataset<Row> rows = frame(List.of(row(1, 1, 2)), 1);
    assertThatThrownBy(() -> estimator().setFeaturesCol("codes").fit(rows))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot cluster column 'codes': found columns id, features, expected it among them");
    assertThatThrownBy(() -> estimator().setFeaturesCol("id").fit(rows))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("found type bigint, expected a vector");
    assertThatThrownBy(() -> estimator().setIdCol("features").fit(rows))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Cannot use id column 'features': found vector");
    assertThatThrownBy(() -> estimator().setPredictionCol("features").fit(rows))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot add column 'features': found it in the input, expected it to be free");
    assertThatThrownBy(() -> estimator().setK(1).fit(rows))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot use clusters: found 1, expected at least 2, or 0 to find it");
  }

  @Test
  void viewsAreToldByAnOptionOrByTheColumn() {
    Dataset<Row> plain = frame(noisy(), 2);
    Dataset<Row> told =
        plain.withColumn("features", plain.col("features").as("features", Views.metadata(2, 3)));
    List<Row> byOption = embedding(estimator().setViews(2, 3), plain);
    assertThat(embedding(estimator(), told)).isEqualTo(byOption);
    assertThat(embedding(estimator(), plain)).isNotEqualTo(byOption);
    Map<Integer, Integer> groupOf = new HashMap<>();
    int right = 0;
    for (Row row : byOption) {
      int group = (int) (row.getLong(0) % CLUSTERS);
      right += groupOf.computeIfAbsent(row.getInt(1), c -> group) == group ? 1 : 0;
    }
    assertThat(right).isGreaterThan(ROWS * 9 / 10);
    assertThatThrownBy(() -> estimator().setViews(2, 2).fit(plain))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use spectral.views: found [2, 2], expected lengths that sum to the vectors', 5");
    assertThatThrownBy(() -> estimator().setViews(5, 0).fit(plain))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot use spectral.views: found [5, 0], expected lengths of at least 1");
  }

  private static List<Row> embedding(SpectralEmbedding estimator, Dataset<Row> rows) {
    return estimator
        .fit(rows)
        .transform(rows)
        .select("id", "prediction", "embedding")
        .orderBy("id")
        .collectAsList();
  }

  @Test
  void optionsGoThroughTheParametersUnchanged() {
    SpectralEmbeddingOptions options = SpectralEmbeddingOptions.defaults(7, 99);
    assertThat(new SpectralEmbedding().setOptions(options).options()).isEqualTo(options);
    assertThat(
            new SpectralEmbedding()
                .setOptions(options)
                .copy(org.apache.spark.ml.param.ParamMap.empty())
                .options())
        .isEqualTo(options);
  }

  @Test
  void whatIsShippedSurvivesKryo() {
    SpectralEmbeddingModel model = estimator().fit(frame(noisy(), 2));
    org.apache.spark.serializer.SerializerInstance kryo =
        new KryoSerializer(SPARK.sparkContext().getConf()).newInstance();
    List<Row> rows = noisy();
    VectorColumn column = VectorColumn.of(SCHEMA, "features");
    List<Row> straight = new ArrayList<>();
    new AssignedRows(rows.iterator(), model.vote(), column).forEachRemaining(straight::add);
    scala.reflect.ClassTag<Object> any = scala.reflect.ClassTag$.MODULE$.Object();
    Object vote = kryo.deserialize(kryo.serialize(model.vote(), any), any);
    Object vector =
        kryo.deserialize(kryo.serialize(IdentifiedVector.of(3, new float[] {1}), any), any);
    List<Row> sent = new ArrayList<>();
    new AssignedRows(rows.iterator(), (org.imageclustering.partition.LandmarkVote) vote, column)
        .forEachRemaining(sent::add);
    assertThat(sent).isEqualTo(straight);
    assertThat(((IdentifiedVector) vector).id).isEqualTo(3);
  }

  private static SpectralEmbedding estimator() {
    return new SpectralEmbedding()
        .setK(CLUSTERS)
        .setSeed(5)
        .setCommuteVectors(new int[] {5, 10})
        .setRestarts(2)
        .setWardCentres(20)
        .setMergedCentres(new int[] {20})
        .setSilhouetteSample(100);
  }

  private static void assertRefused(List<Row> rows, String message) {
    assertThatThrownBy(() -> estimator().fit(frame(rows, 2)))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  private static Row row(long id, double... values) {
    return RowFactory.create(id, Vectors.dense(values));
  }

  private static Dataset<Row> frame(List<Row> rows, int partitions) {
    return SPARK.createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  /** Points of id i lie in the cube of corner 3 (i % 4). */
  private static List<Row> blobs() {
    return points(3);
  }

  /** Cubes that overlap, so that some points are doubtful. */
  private static List<Row> noisy() {
    return points(0.8);
  }

  private static List<Row> points(double distance) {
    SplittableRandom random = new SplittableRandom(17);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      double[] values = new double[5];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) (distance * (i % CLUSTERS) + random.nextDouble());
      }
      rows.add(row(i, values));
    }
    return rows;
  }

  private static Map<Long, Row> byId(Dataset<Row> rows) {
    Map<Long, Row> byId = new HashMap<>();
    for (Row row : rows.collectAsList()) {
      byId.put(row.<Long>getAs("id"), row);
    }
    return byId;
  }
}
