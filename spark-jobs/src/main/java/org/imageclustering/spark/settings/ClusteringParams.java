package org.imageclustering.spark.settings;

import com.typesafe.config.Config;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.spark.session.AddedColumns;

/**
 * The parameters that methods on images and their models share. Public because MLlib finds
 * parameters by reflection.
 */
public interface ClusteringParams extends ImageParams {
  /** The value of {@code k} that stands for a number to be found. */
  int AUTO = 0;

  @Override
  Held held();

  /** The parameters' objects. */
  final class Held extends ImageParams.Held {
    private static final long serialVersionUID = 1L;

    private final IntParam k;

    /**
     * The parameters of an estimator or model, which has their defaults afterwards.
     *
     * @param features what the output column holds
     * @param least the least value of k: 2, or 0 where the number can be found
     */
    public Held(ClusteringParams of, String features, int least) {
      super(of, features, "");
      String meaning =
          least == AUTO
              ? "number of clusters, 2 or more; 0: to be found"
              : "number of clusters (>= %d)".formatted(least);
      k = new IntParam(of, "k", meaning, ParamValidators.gtEq(least));
    }
  }

  /** The number of clusters, at least 2; 0, where a method can find it: to be found. */
  default IntParam k() {
    return held().k;
  }

  /** Returns the number of clusters. */
  default int getK() {
    return (Integer) $(k());
  }

  /**
   * Returns the resolved configuration that the parameters make.
   *
   * @param lastStep what {@code final = auto} stands for
   */
  default Config configuration(String lastStep) {
    Config given = Settings.over(getSettings());
    Config config =
        Settings.with(
            Settings.with(given, "clusters", getK() == AUTO ? "auto" : getK()), "seed", getSeed());
    return config.getString("final").equals("auto")
        ? Settings.with(config, "final", lastStep)
        : config;
  }

  /** Returns the schema with features, prediction and confidence. */
  default StructType clusteredSchema(StructType schema) {
    return AddedColumns.withClusters(
        schema.add(getFeaturesCol(), SQLDataTypes.VectorType(), false), "prediction", "confidence");
  }
}
