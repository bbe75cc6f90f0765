package org.imageclustering.spark.autoencoder;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The parameters that the autoencoder estimators and their model share. */
interface AutoencoderColumns extends Params {
  /** The column of ids: long, unique. Default {@code id}. */
  Param<String> idCol();

  /** The column of images: struct (height, width, channels int, pixels binary). */
  Param<String> imageCol();

  /** The output column of the codes: vector. Default {@code features}. */
  Param<String> featuresCol();

  /** The number of clusters, at least 2. */
  IntParam k();

  /** Of every random draw. Default 1. */
  LongParam seed();

  /** HOCON over the reference configuration. */
  Param<String> settings();

  /** Returns the column of ids. */
  default String getIdCol() {
    return $(idCol());
  }

  /** Returns the column of images. */
  default String getImageCol() {
    return $(imageCol());
  }

  /** Returns the output column of the codes. */
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
