package org.imageclustering.spark.winnertakeall;

import com.typesafe.config.Config;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.coclustering.CoclusteringOptions;
import org.imageclustering.refine.SvmOptions;
import org.imageclustering.spark.cocluster.Coclustering;
import org.imageclustering.spark.cocluster.CoclusteringModel;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.refine.SvmRefiner;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.settings.Settings;
import org.imageclustering.spark.training.WinnerTakeAllOptions;

/** The steps after the network: from features to clusters. */
final class WinnerTakeAllFit {
  /** The value of {@code final} that stands for co-clusters that are refined. */
  static final String OWN = "own";

  private final Config config;
  private final String featuresCol;
  private final StageStore stages;

  WinnerTakeAllFit(Config config, String featuresCol, StageStore stages) {
    this.config = config;
    this.featuresCol = featuresCol;
    this.stages = stages;
  }

  /**
   * Returns what clusters features.
   *
   * @param features id and the vector
   */
  FittedClusters clusters(Dataset<Row> features) {
    if (!config.getString("final").equals(OWN)) {
      return new FittedClusters(null, LastStep.fit(config, features, featuresCol, stages));
    }
    CoclusteringModel coclusters =
        new Coclustering()
            .setOptions(coclustering(config))
            .setFeaturesCol(featuresCol)
            .setStageStore(stages)
            .fit(features);
    return new FittedClusters(coclusters, refined(features, coclusters));
  }

  /**
   * Returns the options of the co-clustering: those of its section, with {@code wta.co-clusters}.
   */
  static CoclusteringOptions coclustering(Config config) {
    int clusters = config.getConfig(WinnerTakeAllOptions.SECTION).getInt("co-clusters");
    return CoclusteringOptions.of(Settings.with(config, "clusters", clusters));
  }

  /** Returns the options of the refinement: those of its section, with the number of clusters. */
  static SvmOptions refinement(Config config) {
    boolean isFound = config.getString("clusters").equals("auto");
    return SvmOptions.of(config, isFound ? SvmOptions.AUTO : config.getInt("clusters"));
  }

  private Transformer refined(Dataset<Row> features, CoclusteringModel coclusters) {
    return new SvmRefiner()
        .setOptions(refinement(config))
        .setFeaturesCol(featuresCol)
        .setStageStore(stages)
        .fit(SvmRefiner.initial(coclusters.transform(features)));
  }
}
