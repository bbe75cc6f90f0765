package org.imageclustering.sanet;

import java.util.List;
import org.imageclustering.UserException;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.PatchGeometry;
import org.imageclustering.sanet.SpectralOptions.Role;

/**
 * The whole of SA-Net, but for the last step and the number of clusters.
 *
 * @param layers in the order of the flow; the first is spectral
 * @param fitSample number of images that the layers are fitted on; 0: all of them; {@link #AUTO}:
 *     see {@link #sampled}
 * @param landmarkNeighbours number of nearest landmark windows whose rows are averaged for a window
 *     that is no landmark
 * @param landmarks most windows that a layer of the model keeps; a larger sample, or a full fit,
 *     has more
 */
public record SaNetOptions(
    List<LayerOptions> layers, int fitSample, int landmarkNeighbours, int landmarks) {
  /** The size of the sample that follows from the images' shape and number. */
  public static final int AUTO = Integer.MIN_VALUE;

  /** Of a quarter of the images, the bounds of the sample. */
  private static final int SMALL_SAMPLE = 8_000;

  private static final int LARGE_SAMPLE = 20_000;

  /** Windows of the first layer for each image of it: what bounds the time of its eigenvectors. */
  private static final double WINDOWS_AN_IMAGE = 37.5;

  /** Numbers of all these windows, 2 GiB of them: what bounds the driver's memory. */
  private static final long NUMBERS_OF_A_SAMPLE = 1L << 29;

  /** Checks the ranges. */
  public SaNetOptions {
    if (fitSample != AUTO) {
      Ranges.atLeast("sa-net", "fit-sample", fitSample, 0);
    }
    Ranges.between("sa-net", "landmark-neighbours", landmarkNeighbours, 1, 100);
    Ranges.atLeast("sa-net", "landmarks", landmarks, 1);
    Ranges.notEmpty("sa-net", "network", layers);
    layers = List.copyOf(layers);
    if (!(layers.get(0) instanceof SpectralOptions)) {
      throw new UserException(
          "Cannot use sa-net.network: found "
              + layers.get(0).name()
              + " first, expected a layer of type spectral");
    }
  }

  /** Returns whether the layers are fitted on all images. */
  public boolean isFullFit() {
    return fitSample == 0;
  }

  /**
   * Returns the number of images that the layers are fitted on; 0 for all of them. With {@link
   * #AUTO} it is a quarter of them, but at least {@value #SMALL_SAMPLE} and at most {@value
   * #LARGE_SAMPLE}, or as many as have {@value #WINDOWS_AN_IMAGE} times as many windows, of 2 GiB
   * together, in the first layer. It may be more than there are.
   *
   * @param shape of an image
   * @param images how many there are
   * @throws UserException if the first layer's patch is larger than the images
   */
  public int sampled(MapShape shape, long images) {
    if (fitSample != AUTO) {
      return fitSample;
    }
    PatchGeometry windows = ((SpectralOptions) layers.get(0)).geometry(shape, Role.FIRST);
    long wanted = Math.max(SMALL_SAMPLE, Math.min(LARGE_SAMPLE, images / 4));
    long most =
        (long) Math.min(WINDOWS_AN_IMAGE * wanted, NUMBERS_OF_A_SAMPLE / (double) windows.length());
    return (int) Math.max(1, Math.min(wanted, most / windows.positions()));
  }

  /**
   * Checks that the layers fit images of this shape, one after the other.
   *
   * @throws UserException naming the layer whose patch is larger than its input
   */
  public void requireFits(MapShape images) {
    MapShape shape = images;
    for (int number = 0; number < layers.size(); number++) {
      if (layers.get(number) instanceof SpectralOptions spectral) {
        PatchGeometry geometry = spectral.geometry(shape, number == 0 ? Role.FIRST : Role.LATER);
        int maps = spectral.eigenvectors() * spectral.procedures().size();
        shape = new MapShape(geometry.rows(), geometry.columns(), maps);
      } else if (layers.get(number) instanceof PoolingOptions pooling) {
        shape = new PoolingLayer(pooling, shape, new MapOrigin[0]).output();
      }
    }
  }
}
