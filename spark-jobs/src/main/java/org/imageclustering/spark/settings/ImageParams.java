package org.imageclustering.spark.settings;

import java.io.Serializable;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters that estimators of images and their models share: columns, seed, and all other
 * options as one text in HOCON. Public because MLlib finds parameters by reflection.
 */
public interface ImageParams extends Params {
  /** Returns the parameters' objects. */
  Held held();

  /** The parameters' objects: made once their owner has its identifier, which they copy. */
  class Held implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> idCol;
    private final Param<String> imageCol;
    private final Param<String> featuresCol;
    private final LongParam seed;
    private final Param<String> settings;

    /**
     * The parameters of an estimator or model, which has their defaults afterwards.
     *
     * @param features what the output column holds
     * @param defaults the default of the settings
     */
    public Held(ImageParams of, String features, String defaults) {
      idCol = new Param<>(of, "idCol", "column of ids, long and unique");
      imageCol = new Param<>(of, "imageCol", "column of images, struct");
      featuresCol = new Param<>(of, "featuresCol", "output column of " + features);
      seed = new LongParam(of, "seed", "of every random draw");
      settings = new Param<>(of, "settings", "HOCON over the reference configuration");
      of.setDefault(idCol, "id");
      of.setDefault(imageCol, "image");
      of.setDefault(featuresCol, "features");
      of.setDefault(seed, 1L);
      of.setDefault(settings, defaults);
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

  /** The output column: vector. Default {@code features}. */
  default Param<String> featuresCol() {
    return held().featuresCol;
  }

  /** Of every random draw. Default 1. */
  default LongParam seed() {
    return held().seed;
  }

  /** HOCON over the reference configuration. */
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

  /** Returns the output column of vectors. */
  default String getFeaturesCol() {
    return $(featuresCol());
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
