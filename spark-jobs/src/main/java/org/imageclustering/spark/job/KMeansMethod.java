package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.spark.baseline.KMeansClustering;
import org.imageclustering.spark.baseline.KMeansClusteringModel;
import org.imageclustering.spark.baseline.KMeansOptions;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.session.StageStore;

/** {@code cluster k-means}: MLlib's k-means on the representation. */
final class KMeansMethod implements Method {
  /** Multiplications and additions a second of one core, measured on 784 dimensions. */
  private static final double RATE = 5e8;

  @Override
  public String name() {
    return "k-means";
  }

  @Override
  public String summary() {
    return "Lloyd's algorithm on the pixels or vectors: the baseline";
  }

  @Override
  public List<String> sections() {
    return List.of("k-means");
  }

  @Override
  public List<String> representations() {
    return Representation.VECTORS;
  }

  @Override
  public List<String> lastSteps() {
    return List.of("own");
  }

  @Override
  public void check(DatasetShape shape, Config config) {
    KMeansOptions.of(config);
    Representation.check(shape, config);
  }

  @Override
  public Estimate estimate(MethodInput input, Config config) {
    KMeansOptions options = KMeansOptions.of(config);
    double entries = (double) input.count() * input.shape().dimension();
    double work = entries * options.clusters() * options.iterations() * options.restarts();
    int cores = Runtime.getRuntime().availableProcessors();
    // Twice in memory: as MLlib has it cached, and as the rows sorted by id.
    return new Estimate((long) (2 * Double.BYTES * entries), (long) Math.ceil(work / RATE / cores));
  }

  @Override
  public MethodResult run(MethodInput input, Config config, StageStore stages) {
    Representation represented = Representation.of(input, config, stages);
    Dataset<Row> features = represented.features();
    KMeansClusteringModel model =
        stages.step(
            "k-means",
            () -> new KMeansClustering().setOptions(KMeansOptions.of(config)).fit(features));
    stages.measure("k-means", "cost", model.cost());
    Dataset<Row> assignments = model.transform(features).select("id", "prediction", "confidence");
    MethodResult result = MethodResult.of(assignments, features, represented.model(model));
    return config.getString("features").equals(Representation.PIXELS)
        ? result.withTable("centres", centres(input, model))
        : result;
  }

  @Override
  public Dataset<Row> transform(MethodInput input, Transformer model) {
    return Representation.assigned(input, model)
        .select("id", "features", "prediction", "confidence");
  }

  /** Returns the centres as images: cluster, height, width, channels, pixels in 0..255. */
  private static Dataset<Row> centres(MethodInput input, KMeansClusteringModel model) {
    DatasetShape shape = input.shape();
    StructType schema =
        new StructType()
            .add("cluster", DataTypes.IntegerType)
            .add("height", DataTypes.IntegerType)
            .add("width", DataTypes.IntegerType)
            .add("channels", DataTypes.IntegerType)
            .add("pixels", DataTypes.createArrayType(DataTypes.IntegerType));
    List<Row> rows = new ArrayList<>();
    double[][] centres = model.centres();
    for (int cluster = 0; cluster < centres.length; cluster++) {
      Integer[] pixels = new Integer[centres[cluster].length];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (int) Math.round(centres[cluster][i] * 255);
      }
      rows.add(RowFactory.create(cluster, shape.height(), shape.width(), shape.channels(), pixels));
    }
    return input.rows().sparkSession().createDataFrame(rows, schema);
  }
}
