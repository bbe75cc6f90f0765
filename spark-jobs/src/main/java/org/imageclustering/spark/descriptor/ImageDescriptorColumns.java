package org.imageclustering.spark.descriptor;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.descriptor.DescriptorOptions;
import org.imageclustering.spark.settings.Settings;

/** The parameters that {@link ImageDescriptor} and {@link ImageDescriptorModel} share. */
interface ImageDescriptorColumns extends Params {
  /** The column of ids: long, unique. Default {@code id}. */
  Param<String> idCol();

  /** The column of images: struct (height, width, channels int, pixels binary). */
  Param<String> imageCol();

  /** The output column: vector. Default {@code features}. */
  Param<String> featuresCol();

  /** Of the draw of the sample. Default 1. */
  LongParam seed();

  /**
   * HOCON over the reference configuration: {@code features} (pixels, pca or hog) and the sections
   * {@code hog} and {@code pca}.
   */
  Param<String> settings();

  /** Returns the column of ids. */
  default String getIdCol() {
    return $(idCol());
  }

  /** Returns the column of images. */
  default String getImageCol() {
    return $(imageCol());
  }

  /** Returns the output column. */
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

  /**
   * Returns the options that the settings make.
   *
   * @throws UserException for a key that does not exist or a value out of its range
   */
  default DescriptorOptions options() {
    return DescriptorOptions.of(Settings.over(getSettings()));
  }

  /** Returns the schema with the output column, which must be free. */
  default StructType withFeatures(StructType schema) {
    if (java.util.Arrays.asList(schema.fieldNames()).contains(getFeaturesCol())) {
      throw new UserException(
          "Cannot add column '%s': found it in the input, expected it to be free"
              .formatted(getFeaturesCol()));
    }
    return schema.add(getFeaturesCol(), SQLDataTypes.VectorType(), false);
  }
}
