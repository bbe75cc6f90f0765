package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.coclustering.CoclusteringOptions;
import org.imageclustering.refine.SvmOptions;
import org.imageclustering.spark.cocluster.Coclustering;
import org.imageclustering.spark.cocluster.CoclusteringModel;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.refine.SvmRefiner;
import org.imageclustering.spark.refine.SvmRefinerModel;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.settings.Settings;

/**
 * {@code cluster cocluster}: images and pixels, or documents and words, clustered together; with
 * {@code --final svm} into more clusters than asked for, which support vector machines refine and
 * merge.
 */
final class CoclusterMethod implements Method {
  private static final String OWN = "own";
  private static final String SVM = "svm";

  /** Multiplications and additions a second of one core in products with the matrix. */
  private static final double RATE = 1e9;

  /** About how many products with the block of vectors the eigensolver takes. */
  private static final int PRODUCTS = 80;

  /** Columns of the eigensolver's block beyond the wanted ones. */
  private static final int GUARDS = 16;

  @Override
  public String name() {
    return "cocluster";
  }

  @Override
  public String summary() {
    return "rows and columns of non-negative vectors together, as a bipartite graph";
  }

  @Override
  public List<String> sections() {
    return List.of("cocluster", "svm");
  }

  @Override
  public List<String> representations() {
    return List.of(Representation.PIXELS, Representation.HOG, Representation.COLUMN);
  }

  @Override
  public List<String> lastSteps() {
    return List.of(OWN, SVM);
  }

  @Override
  public void check(DatasetShape shape, Config config) {
    Representation.check(shape, config);
    CoclusteringOptions options = options(config);
    if (config.getString("features").equals(Representation.HOG)
        && config.getInt("pca.components") > 0) {
      throw new UserException(
          "Cannot run cocluster with --features hog: found pca.components = %d, whose entries may be negative, expected 0"
              .formatted(config.getInt("pca.components")));
    }
    if (isRefined(config)) {
      refinement(config);
    }
    if (options.clusters() < config.getInt("clusters")) {
      throw new UserException(
          "Cannot use cocluster.initial: found %d, expected at least the number of clusters, %d"
              .formatted(options.clusters(), config.getInt("clusters")));
    }
  }

  @Override
  public void checkRows(long rows, Config config) {
    if (isRefined(config)) {
      refinement(config).requireRows(rows, options(config).clusters());
    }
  }

  private static boolean isRefined(Config config) {
    return config.getString("final").equals(SVM);
  }

  private static SvmOptions refinement(Config config) {
    return SvmOptions.of(config, config.getInt("clusters"));
  }

  private static CoclusteringOptions options(Config config) {
    if (!isRefined(config)) {
      return CoclusteringOptions.of(config);
    }
    boolean isAuto = config.getString("cocluster.initial").equals("auto");
    int initial = isAuto ? 2 * config.getInt("clusters") : config.getInt("cocluster.initial");
    return CoclusteringOptions.of(Settings.with(config, "clusters", initial));
  }

  @Override
  public Estimate estimate(MethodInput input, Config config) {
    CoclusteringOptions options = options(config);
    double entries = (double) input.count() * input.shape().dimension();
    int block = options.variant().vectors(options.clusters()) + GUARDS;
    int cores = Runtime.getRuntime().availableProcessors();
    double seconds = 2 * entries * block * PRODUCTS / RATE / cores;
    return new Estimate((long) (4 * Float.BYTES * entries), (long) Math.ceil(seconds));
  }

  @Override
  public MethodResult run(MethodInput input, Config config, StageStore stages) {
    Representation represented = Representation.of(input, config, stages);
    Dataset<Row> features = represented.features();
    CoclusteringModel model =
        new Coclustering().setOptions(options(config)).setStageStore(stages).fit(features);
    Dataset<Row> coclustered = model.transform(features);
    Dataset<Row> columns = columns(features.sparkSession(), model.columnClusters());
    if (!isRefined(config)) {
      return MethodResult.of(assignments(coclustered), features, represented.model(model))
          .withTable("column-clusters", columns);
    }
    SvmRefinerModel refined =
        new SvmRefiner()
            .setOptions(refinement(config))
            .setStageStore(stages)
            .fit(SvmRefiner.initial(coclustered));
    return MethodResult.of(
            assignments(refined.transform(features)), features, represented.model(refined))
        .withCandidates(LastStepResult.candidate(coclustered, "co-clusters"))
        .withTable("column-clusters", columns);
  }

  private static Dataset<Row> assignments(Dataset<Row> clustered) {
    return clustered.select("id", "prediction", "confidence");
  }

  /** Returns column, cluster (-1 where the column has no entries). */
  private static Dataset<Row> columns(SparkSession spark, int[] clusters) {
    StructType schema =
        new StructType()
            .add("column", DataTypes.IntegerType, false)
            .add("cluster", DataTypes.IntegerType, false);
    List<Row> rows = new ArrayList<>();
    for (int column = 0; column < clusters.length; column++) {
      rows.add(RowFactory.create(column, clusters[column]));
    }
    return spark.createDataFrame(rows, schema);
  }

  @Override
  public Dataset<Row> transform(MethodInput input, Transformer model) {
    return Representation.assigned(input, model)
        .select("id", "features", "prediction", "confidence");
  }
}
