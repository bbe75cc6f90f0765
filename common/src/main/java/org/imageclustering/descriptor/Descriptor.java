package org.imageclustering.descriptor;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.linalg.Projection;
import org.imageclustering.patch.MapShape;

/**
 * From an image's pixels to its descriptor: one view of it, or several, one after the other. Equal
 * images have equal descriptors, whatever else is described with them. Immutable, safe for many
 * threads.
 */
public final class Descriptor implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The covariance of that many entries fills 256 MiB. */
  private static final int MOST_ENTRIES = 8192;

  private static final int CHUNK = 64;
  private static final String FACTORS = "factors";
  private static final String BASIS = "basis-";

  private final MapShape shape;
  private final DescribedView[] views;

  private Descriptor(MapShape shape, List<DescribedView> views) {
    this.shape = shape;
    this.views = views.toArray(new DescribedView[0]);
  }

  /**
   * Returns the descriptor on known axes.
   *
   * @param arrays what {@link #arrays()} of another one gave
   */
  public static Descriptor of(
      DescriptorOptions options, MapShape shape, Map<String, FloatMatrix> arrays) {
    List<ImageView> views = options.views(shape);
    List<DescribedView> described = new ArrayList<>();
    for (int v = 0; v < views.size(); v++) {
      float factor = arrays.get(FACTORS).values()[v];
      described.add(new DescribedView(views.get(v), arrays.get(BASIS + v), factor));
    }
    return new Descriptor(shape, described);
  }

  /**
   * Returns whether the descriptor of such images has to be fitted: whether one of its views is
   * projected, or there are several to be made of one scale.
   *
   * @throws UserException if these images cannot be described so
   */
  public static boolean isFitted(DescriptorOptions options, MapShape shape) {
    List<ImageView> views = options.views(shape);
    boolean fitted = views.size() > 1;
    for (ImageView view : views) {
      fitted |= isProjected(options, view, shape);
    }
    return fitted;
  }

  private static boolean isProjected(DescriptorOptions options, ImageView view, MapShape shape) {
    boolean projected =
        options.kind() != DescriptorOptions.Kind.PIXELS
            && options.components() > 0
            && options.components() < view.length();
    if (projected && view.length() > MOST_ENTRIES) {
      throw new UserException(
          "Cannot use --features %s: found images of %s with %d entries, expected at most %d to find principal components among; a smaller --size would work"
              .formatted(Options.key(options.kind()), shape, view.length(), MOST_ENTRIES));
    }
    return projected;
  }

  /**
   * Returns the descriptor with the leading principal components of a sample, and with factors that
   * give each of several views the same mean squared distance from its mean. Memory: {@code 12 n m
   * + 4 m²} bytes for n images of m entries in a view, and {@code 5 n m} outside the heap.
   *
   * @param pixels of the sampled images, one array of height x width x channels bytes each; none
   *     where nothing has to be fitted
   * @throws UserException if these images cannot be described so
   */
  public static Descriptor fit(
      DescriptorOptions options, MapShape shape, byte[][] pixels, long seed) {
    List<ImageView> views = options.views(shape);
    List<DescribedView> described = new ArrayList<>();
    for (ImageView view : views) {
      FloatMatrix sample = sample(view, pixels);
      FloatMatrix basis = null;
      if (isProjected(options, view, shape)) {
        Projection projection = Projection.fit(sample, options.components(), seed);
        basis = projection.basis();
        sample = projection.apply(sample);
      }
      described.add(new DescribedView(view, basis, views.size() == 1 ? 1 : factor(sample)));
    }
    return new Descriptor(shape, described);
  }

  private static FloatMatrix sample(ImageView view, byte[][] pixels) {
    FloatMatrix sample = FloatMatrix.zeros(pixels.length, view.length());
    Parallel.forChunks(
        pixels.length,
        CHUNK,
        (chunk, from, until) -> {
          for (int i = from; i < until; i++) {
            float[] row = view.of(shares(pixels[i]));
            System.arraycopy(row, 0, sample.values(), sample.offset(i), row.length);
          }
        });
    return sample;
  }

  /** Returns one over the root of the mean squared distance from the mean; 1 where that is 0. */
  private static float factor(FloatMatrix sample) {
    double squares = 0;
    for (int j = 0; j < sample.columns(); j++) {
      double sum = 0;
      double square = 0;
      for (int i = 0; i < sample.rows(); i++) {
        double value = sample.values()[sample.offset(i) + j];
        sum += value;
        square += value * value;
      }
      squares += Math.max(0, square - sum * sum / sample.rows());
    }
    return squares > 0 ? (float) Math.sqrt(sample.rows() / squares) : 1;
  }

  /** Returns the shape of the images. */
  public MapShape shape() {
    return shape;
  }

  /** Returns all that was fitted, by name. */
  public Map<String, FloatMatrix> arrays() {
    Map<String, FloatMatrix> arrays = new TreeMap<>();
    FloatMatrix factors = FloatMatrix.zeros(1, views.length);
    for (int v = 0; v < views.length; v++) {
      factors.values()[v] = views[v].factor();
      if (views[v].basis() != null) {
        arrays.put(BASIS + v, views[v].basis());
      }
    }
    arrays.put(FACTORS, factors);
    return arrays;
  }

  /** Returns the number of entries of each view; a descriptor is the views one after the other. */
  public int[] lengths() {
    return Arrays.stream(views).mapToInt(DescribedView::length).toArray();
  }

  /** Returns the number of entries of a descriptor. */
  public int length() {
    return Arrays.stream(lengths()).sum();
  }

  /**
   * Returns an image's descriptor.
   *
   * @param pixels height x width x channels unsigned bytes, HWC; not modified
   */
  public float[] of(byte[] pixels) {
    float[] values = shares(pixels);
    float[] described = new float[length()];
    int from = 0;
    for (DescribedView view : views) {
      view.write(values, described, from);
      from += view.length();
    }
    return described;
  }

  private static float[] shares(byte[] pixels) {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(pixels[i]) / 255f;
    }
    return values;
  }
}
