package org.imageclustering.descriptor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.patch.MapShape;

/** What an image is described by. A class and not a record: it travels to the executors. */
public final class DescriptorOptions implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int MOST_SAMPLE = 100_000;

  private final Kind kind;
  private final HogOptions hog;
  private final int components;
  private final int sample;

  /** What a descriptor is made of. */
  public enum Kind {
    /** The pixels in [0, 1]. */
    PIXELS,
    /** The pixels' leading principal components. */
    PCA,
    /** Histograms of oriented gradients, then their leading principal components. */
    HOG,
    /**
     * Histograms of oriented gradients of fine cells, those of coarse ones, and the pixels of a
     * small picture: the leading principal components of each, three views of an image.
     */
    VIEWS;
  }

  /**
   * Checks the values.
   *
   * @param components principal components that are kept; 0: no projection (only for histograms).
   *     More than there are entries are all of them
   * @param sample the number of images that the components are fitted on, 2 to 100,000
   * @throws UserException naming the option that is out of its range
   */
  public DescriptorOptions(Kind kind, HogOptions hog, int components, int sample) {
    Options.require(
        components >= (kind == Kind.PCA ? 1 : 0),
        "pca.components",
        components,
        kind == Kind.PCA ? "at least 1" : "at least 0");
    Options.require(
        sample >= 2 && sample <= MOST_SAMPLE, "pca.sample", sample, "2 to " + MOST_SAMPLE);
    this.kind = kind;
    this.hog = hog;
    this.components = components;
    this.sample = sample;
  }

  /**
   * Returns the options of a resolved configuration: {@code features} and the sections {@code hog}
   * and {@code pca}.
   *
   * @throws UserException naming the option that is missing, of another type or out of its range
   */
  public static DescriptorOptions of(Config config) {
    try {
      return new DescriptorOptions(
          Options.named(Kind.class, "features", config.getString("features")),
          HogOptions.of(config.getConfig("hog")),
          config.getInt("pca.components"),
          config.getInt("pca.sample"));
    } catch (ConfigException e) {
      throw new UserException("Cannot read the descriptor's options: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the views of images of a shape, before their principal components.
   *
   * @throws UserException if the cells of the histograms do not fit the images
   */
  List<ImageView> views(MapShape shape) {
    List<ImageView> views = new ArrayList<>();
    if (kind == Kind.PIXELS || kind == Kind.PCA) {
      views.add(new Pixels(shape.length()));
      return views;
    }
    views.add(new Hog(hog, shape));
    if (kind == Kind.VIEWS) {
      views.add(new Hog(hog, shape, hog.coarseCellIn(shape)));
      views.add(new Thumbnail(shape, hog.deskew()));
    }
    return views;
  }

  /** Returns what the descriptor is made of. */
  public Kind kind() {
    return kind;
  }

  /** Returns the options of the histograms. */
  public HogOptions hog() {
    return hog;
  }

  /** Returns the principal components that are kept; 0: no projection. */
  public int components() {
    return components;
  }

  /** Returns the number of images that the components are fitted on. */
  public int sample() {
    return sample;
  }

  /** The pixels as they are. */
  private record Pixels(int length) implements ImageView {
    @Override
    public float[] of(float[] values) {
      return values;
    }
  }
}
