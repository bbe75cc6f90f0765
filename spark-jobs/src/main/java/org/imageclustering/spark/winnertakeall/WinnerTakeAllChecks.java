package org.imageclustering.spark.winnertakeall;

import com.typesafe.config.Config;
import org.imageclustering.coclustering.CoclusteringOptions;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.PooledMaps;
import org.imageclustering.refine.SvmOptions;
import org.imageclustering.spark.training.Natives;
import org.imageclustering.spark.training.TrainingOptions;
import org.imageclustering.spark.training.WinnerTakeAllGraph;
import org.imageclustering.spark.training.WinnerTakeAllOptions;

/** What can be said of a configuration before anything is computed. */
public final class WinnerTakeAllChecks {
  /** Bytes of an entry of a sparse vector. */
  private static final int ENTRY = Double.BYTES + Integer.BYTES;

  private WinnerTakeAllChecks() {}

  /**
   * Checks every option of {@code wta} for images of a shape.
   *
   * @return the number of multiplications and additions of one image's step
   * @throws org.imageclustering.UserException naming the option that is out of range
   */
  public static double check(Config config, MapShape image) {
    WinnerTakeAllOptions.training(config);
    CoclusteringOptions coclusters = WinnerTakeAllFit.coclustering(config);
    SvmOptions refinement = WinnerTakeAllFit.refinement(config);
    FeatureOptions.require(
        "co-clusters",
        coclusters.clusters(),
        coclusters.clusters() >= refinement.clusters(),
        "at least the number of clusters, " + refinement.clusters());
    FeatureOptions.of(config);
    WinnerTakeAllGraph graph = new WinnerTakeAllGraph(WinnerTakeAllOptions.of(config), image);
    Natives.require();
    return graph.work();
  }

  /**
   * Checks the options of the refinement, where there is one, for a number of images.
   *
   * @throws org.imageclustering.UserException naming the option that does not fit them
   */
  public static void checkImages(Config config, long images) {
    if (config.getString("final").equals(WinnerTakeAllFit.OWN)) {
      WinnerTakeAllFit.refinement(config)
          .requireRows(images, WinnerTakeAllFit.coclustering(config).clusters());
    }
  }

  /** Returns the epochs of a training on so many images. */
  public static int epochs(Config config, long images) {
    TrainingOptions training = WinnerTakeAllOptions.training(config);
    return WinnerTakeAllOptions.of(config).forImages(images, training).epochs();
  }

  /** Returns the most bytes of an image's features. */
  public static long featureBytes(Config config, MapShape image) {
    WinnerTakeAllGraph graph = new WinnerTakeAllGraph(WinnerTakeAllOptions.of(config), image);
    PooledMaps pooling = FeatureOptions.of(config).pooling(graph.code());
    return (long) pooling.kept() * pooling.output().channels() * ENTRY;
  }
}
