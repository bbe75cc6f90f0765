package org.imageclustering.descriptor;

import java.io.Serializable;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.linalg.Projection;
import org.imageclustering.patch.MapShape;

/**
 * From an image's pixels to its descriptor. Equal images have equal descriptors, whatever else is
 * described with them. Immutable, safe for many threads.
 */
public final class Descriptor implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The covariance of that many entries fills 256 MiB. */
  private static final int MOST_ENTRIES = 8192;

  private static final int CHUNK = 64;

  private final MapShape shape;
  private final Hog hog;
  private final Projection projection;

  private Descriptor(DescriptorOptions options, MapShape shape, Projection projection) {
    this.shape = shape;
    this.hog = options.kind() == DescriptorOptions.Kind.HOG ? new Hog(options.hog(), shape) : null;
    this.projection = projection;
  }

  /**
   * Returns the descriptor on known axes.
   *
   * @param basis components x entries, or null where nothing is projected
   */
  public static Descriptor of(DescriptorOptions options, MapShape shape, FloatMatrix basis) {
    return new Descriptor(options, shape, basis == null ? null : new Projection(basis));
  }

  /**
   * Returns whether the descriptor of such images has to be fitted, that is, is projected.
   *
   * @throws UserException if these images cannot be described so
   */
  public static boolean isFitted(DescriptorOptions options, MapShape shape) {
    int entries = of(options, shape, null).entries();
    boolean projected =
        options.kind() != DescriptorOptions.Kind.PIXELS
            && options.components() > 0
            && options.components() < entries;
    if (projected && entries > MOST_ENTRIES) {
      throw new UserException(
          "Cannot use --features %s: found images of %s with %d entries, expected at most %d to find principal components among; a smaller --size would work"
              .formatted(Options.key(options.kind()), shape, entries, MOST_ENTRIES));
    }
    return projected;
  }

  /**
   * Returns the descriptor with the leading principal components of a sample. Memory: {@code 12 n m
   * + 4 m²} bytes for n images of m entries, and {@code 5 n m} outside the heap.
   *
   * @param pixels of the sampled images, one array of height x width x channels bytes each
   * @throws UserException if these images cannot be described so
   */
  public static Descriptor fit(
      DescriptorOptions options, MapShape shape, byte[][] pixels, long seed) {
    Descriptor raw = of(options, shape, null);
    if (!isFitted(options, shape)) {
      return raw;
    }
    FloatMatrix sample = FloatMatrix.zeros(pixels.length, raw.entries());
    Parallel.forChunks(
        pixels.length,
        CHUNK,
        (chunk, from, until) -> {
          for (int i = from; i < until; i++) {
            float[] row = raw.raw(pixels[i]);
            System.arraycopy(row, 0, sample.values(), sample.offset(i), row.length);
          }
        });
    return new Descriptor(options, shape, Projection.fit(sample, options.components(), seed));
  }

  /** Returns the shape of the images. */
  public MapShape shape() {
    return shape;
  }

  /** Returns the axes, components x entries, or null where nothing is projected. */
  public FloatMatrix basis() {
    return projection == null ? null : projection.basis();
  }

  /** Returns the number of entries of a descriptor. */
  public int length() {
    return projection == null ? entries() : projection.basis().rows();
  }

  /**
   * Returns an image's descriptor.
   *
   * @param pixels height x width x channels unsigned bytes, HWC; not modified
   */
  public float[] of(byte[] pixels) {
    float[] raw = raw(pixels);
    return projection == null
        ? raw
        : projection.apply(new FloatMatrix(1, raw.length, raw)).values();
  }

  private int entries() {
    return hog == null ? shape.length() : hog.length();
  }

  private float[] raw(byte[] pixels) {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(pixels[i]) / 255f;
    }
    return hog == null ? values : hog.of(values);
  }
}
