package org.imageclustering.spark.autoencoder;

import com.typesafe.config.Config;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.training.AutoencoderGraph;
import org.imageclustering.spark.training.JointOptions;
import org.imageclustering.spark.training.Natives;
import org.imageclustering.spark.training.RbmOptions;
import org.imageclustering.spark.training.TrainingOptions;

/** What can be said of a configuration before anything is computed. */
public final class AutoencoderChecks {
  private AutoencoderChecks() {}

  /**
   * Checks every option of {@code aec} for images of a shape.
   *
   * @return the number of multiplications and additions of one image's step
   * @throws org.imageclustering.UserException naming the option that is out of range
   */
  public static double dense(Config config, MapShape image) {
    Config rbm = config.getConfig(DenseNetwork.SECTION).getConfig("rbm");
    RbmOptions.of(rbm, DenseNetwork.SECTION + ".rbm", 1);
    return checked(config, DenseNetwork.SECTION, DenseNetwork.of(config, image));
  }

  /**
   * Checks every option of {@code dcae} for images of a shape.
   *
   * @return the number of multiplications and additions of one image's step
   * @throws org.imageclustering.UserException naming the option that is out of range
   */
  public static double convolutional(Config config, MapShape image) {
    return checked(config, ConvolutionalNetwork.SECTION, ConvolutionalNetwork.of(config, image));
  }

  private static double checked(Config config, String section, AutoencoderGraph graph) {
    TrainingOptions.of(config);
    JointOptions.of(config, section);
    Natives.require();
    return graph.work();
  }
}
