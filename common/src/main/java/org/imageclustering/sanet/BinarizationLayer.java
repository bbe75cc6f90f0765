package org.imageclustering.sanet;

import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;
import org.imageclustering.sanet.BinarizationOptions.Threshold;

/**
 * Turns values into bits: 1 where a value exceeds its map's threshold, else 0 (SA-Net, section 3.2
 * (4)): from the graph cut's point of view the sign of a spectral feature carries the cluster.
 */
public final class BinarizationLayer implements Layer {
  private static final long serialVersionUID = 1L;

  private final MapLayout layout;
  private final float[] thresholds;

  /**
   * A binarization with known thresholds.
   *
   * @param thresholds one a channel
   */
  public BinarizationLayer(
      BinarizationOptions options, MapShape shape, MapOrigin[] origins, float[] thresholds) {
    this.layout = new MapLayout(options.name(), shape, origins);
    this.thresholds = thresholds.clone();
  }

  /** Returns the layer for the sample: its thresholds are zero, or the means of its maps. */
  public static BinarizationLayer fit(
      BinarizationOptions options, FeatureMaps sample, MapOrigin[] origins) {
    float[] thresholds =
        options.threshold() == Threshold.MEAN
            ? means(sample)
            : new float[sample.shape().channels()];
    return new BinarizationLayer(options, sample.shape(), origins, thresholds);
  }

  private static float[] means(FeatureMaps maps) {
    int channels = maps.shape().channels();
    double[] sums = new double[channels];
    for (int i = 0; i < maps.values().length; i++) {
      sums[i % channels] += maps.values()[i];
    }
    float[] means = new float[channels];
    for (int c = 0; c < channels; c++) {
      means[c] = (float) (sums[c] * channels / maps.values().length);
    }
    return means;
  }

  @Override
  public MapLayout layout() {
    return layout;
  }

  /** Returns the thresholds, one a channel. */
  public float[] thresholds() {
    return thresholds.clone();
  }

  @Override
  public FeatureMaps apply(FeatureMaps maps) {
    FeatureMaps bits = FeatureMaps.zeros(maps.count(), layout.shape());
    float[] values = maps.values();
    for (int i = 0; i < values.length; i++) {
      bits.values()[i] = values[i] > thresholds[i % thresholds.length] ? 1f : 0f;
    }
    return bits;
  }
}
