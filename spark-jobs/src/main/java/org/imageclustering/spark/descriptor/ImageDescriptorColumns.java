package org.imageclustering.spark.descriptor;

import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.descriptor.DescriptorOptions;
import org.imageclustering.spark.session.AddedColumns;
import org.imageclustering.spark.settings.ImageParams;
import org.imageclustering.spark.settings.Settings;

/** What {@link ImageDescriptor} and {@link ImageDescriptorModel} share. */
interface ImageDescriptorColumns extends ImageParams {
  /** What the output column holds. */
  String FEATURES = "vectors";

  /**
   * The default of the settings, whose keys are {@code features} (pixels, pca, hog or views) and
   * the sections {@code hog} and {@code pca}.
   */
  String DEFAULTS = "features = pixels";

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
    return AddedColumns.withVector(schema, getFeaturesCol());
  }
}
