package org.imageclustering.spark.sanet;

import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * The parameters that {@link SaNet} and {@link SaNetModel} share. Public because MLlib finds
 * parameters by reflection.
 */
public interface SaNetParams extends Params {
  /** Returns the parameters' objects. */
  Holder held();

  /** The parameters' objects: made once their owner has its identifier, which they copy. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> idCol;
    private final Param<String> imageCol;
    private final Param<String> featuresCol;
    private final IntParam k;
    private final LongParam seed;
    private final Param<String> settings;

    /** The parameters of an estimator or model, which has their defaults afterwards. */
    Holder(SaNetParams of) {
      idCol = new Param<>(of, "idCol", "column of ids, long and unique");
      imageCol = new Param<>(of, "imageCol", "column of images, struct");
      featuresCol = new Param<>(of, "featuresCol", "output column of the last maps");
      k =
          new IntParam(
              of, "k", "number of clusters, 2 or more; 0: to be found", ParamValidators.gtEq(0));
      seed = new LongParam(of, "seed", "of every random draw");
      settings = new Param<>(of, "settings", "HOCON over the reference configuration");
      of.setDefault(idCol, "id");
      of.setDefault(imageCol, "image");
      of.setDefault(featuresCol, "features");
      of.setDefault(seed, 1L);
      of.setDefault(settings, "");
    }
  }

  /** The column of ids: long, unique. Default {@code id}. */
  default Param<String> idCol() {
    return held().idCol;
  }

  /** The column of images: struct (height, width, channels int, pixels binary). */
  default Param<String> imageCol() {
    return held().imageCol;
  }

  /** The output column of the last maps: vector. Default {@code features}. */
  default Param<String> featuresCol() {
    return held().featuresCol;
  }

  /** The number of clusters, at least 2; 0: to be found by the spectral last step. */
  default IntParam k() {
    return held().k;
  }

  /** Of every random draw. Default 1. */
  default LongParam seed() {
    return held().seed;
  }

  /**
   * HOCON over the reference configuration: sections {@code sa-net}, {@code spectral}, {@code
   * k-means}, and {@code final}.
   */
  default Param<String> settings() {
    return held().settings;
  }

  /** Returns the column of ids. */
  default String getIdCol() {
    return $(idCol());
  }

  /** Returns the column of images. */
  default String getImageCol() {
    return $(imageCol());
  }

  /** Returns the output column of the last maps. */
  default String getFeaturesCol() {
    return $(featuresCol());
  }

  /** Returns the number of clusters. */
  default int getK() {
    return (Integer) $(k());
  }

  /** Returns the seed. */
  default long getSeed() {
    return (Long) $(seed());
  }

  /** Returns the configuration in HOCON. */
  default String getSettings() {
    return $(settings());
  }
}
