package org.imageclustering.spark.autoencoder;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.imageclustering.UserException;
import org.imageclustering.patch.HalvingStrides;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.Padding;
import org.imageclustering.patch.PatchGeometry;
import org.imageclustering.spark.training.AutoencoderGraph;
import org.imageclustering.spark.training.layer.Convolution;
import org.imageclustering.spark.training.layer.Deconvolution;
import org.imageclustering.spark.training.layer.WindowLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * DCAE's network (section III D): convolutions, dense layers, the code; then dense layers and
 * deconvolutions. The decoder mirrors the encoder, each deconvolution leading back to its twin's
 * input; or it is the paper's, which paints from a single position: 1x1 to 12x12, then the image's
 * size, then a 1x1 convolution to the image's channels.
 */
final class ConvolutionalNetwork {
  static final String SECTION = "dcae";

  /** Pixels of a side that the last maps have at least where the strides follow from the image. */
  private static final int LAST_SIDE = 3;

  private final Config section;
  private final NetworkOptions options;
  private final MapShape image;
  private final List<Integer> strides;
  private final List<WindowLayer> encoder = new ArrayList<>();
  private final List<WindowLayer> decoder = new ArrayList<>();

  private ConvolutionalNetwork(Config config, MapShape image) {
    this.section = config.getConfig(SECTION);
    this.options = NetworkOptions.of(config, SECTION);
    this.image = image;
    int layers = section.getIntList("maps").size();
    requireLength("kernels", layers);
    this.strides = strides(layers);
  }

  /**
   * Returns the network for images of this shape.
   *
   * @throws UserException if an option is out of range, or the image smaller than a kernel
   */
  static AutoencoderGraph of(Config config, MapShape image) {
    return new ConvolutionalNetwork(config, image).graph();
  }

  private enum Decoder {
    MIRROR,
    PAPER
  }

  private AutoencoderGraph graph() {
    options.requireFits(image.length());
    List<MapShape> shapes = convolutions();
    List<Integer> sizes = dense(shapes.get(shapes.size() - 1).length());
    if (NetworkOptions.named(Decoder.class, SECTION, section, "decoder") == Decoder.MIRROR) {
      mirrorDense(sizes, 0);
      deconvolutions(shapes);
    } else {
      NetworkOptions.require(
          SECTION, "hidden", "nothing", sizes.size() > 2, "one size or more for decoder = paper");
      mirrorDense(sizes, 1);
      paint(sizes.get(1));
    }
    encoder.get(0).withoutInputGradient();
    return new AutoencoderGraph(encoder, decoder, options.recipe());
  }

  /** Adds the convolutions, and returns the shapes from the image to the last maps. */
  private List<MapShape> convolutions() {
    List<Integer> maps = section.getIntList("maps");
    NetworkOptions.require(SECTION, "maps", maps, !maps.isEmpty(), "one number or more");
    List<MapShape> shapes = new ArrayList<>(List.of(image));
    for (int i = 0; i < maps.size(); i++) {
      MapShape before = shapes.get(i);
      int kernel = at("kernels", i);
      if (before.height() < kernel || before.width() < kernel) {
        throw new UserException(
            "Cannot use %s.kernels: found a kernel of %d x %d on maps of %s, expected maps at least as large: use larger images (--size) or smaller kernels"
                .formatted(SECTION, kernel, kernel, before));
      }
      Convolution layer =
          Convolution.of(before, at("maps", i), kernel, strides.get(i), padding(i), activation());
      encoder.add(layer);
      shapes.add(layer.output());
    }
    return shapes;
  }

  /** Returns the strides of the section, or those that the image's size asks for. */
  private List<Integer> strides(int layers) {
    if (!section.getIntList("strides").isEmpty()) {
      requireLength("strides", layers);
      return IntStream.range(0, layers).mapToObj(i -> at("strides", i)).toList();
    }
    int side = Math.min(image.height(), image.width());
    return HalvingStrides.of(layers, side, LAST_SIDE, this::nextSide);
  }

  /** Returns the side of a convolution's maps, 0 where its kernel does not fit. */
  private int nextSide(int layer, int stride, int side) {
    int kernel = at("kernels", layer);
    return side < kernel ? 0 : PatchGeometry.windows(side, kernel, stride, padding(layer));
  }

  /** Adds the dense layers and the code, and returns the sizes from the last maps to the code. */
  private List<Integer> dense(int inputs) {
    List<Integer> sizes = new ArrayList<>(List.of(inputs));
    for (int size : section.getIntList("hidden")) {
      NetworkOptions.require(SECTION, "hidden", size, size >= 1, "sizes of 1 or more");
      sizes.add(size);
    }
    sizes.add(options.code());
    for (int i = 1; i < sizes.size(); i++) {
      Activation activation =
          i == sizes.size() - 1 ? options.codeActivation() : options.activation();
      encoder.add(Convolution.dense(sizes.get(i - 1), sizes.get(i), activation));
    }
    return sizes;
  }

  private void mirrorDense(List<Integer> sizes, int last) {
    for (int i = sizes.size() - 1; i > last; i--) {
      decoder.add(Convolution.dense(sizes.get(i), sizes.get(i - 1), options.activation()));
    }
  }

  private void deconvolutions(List<MapShape> shapes) {
    for (int i = shapes.size() - 1; i > 0; i--) {
      MapShape back = shapes.get(i - 1);
      Activation activation = i == 1 ? Activation.IDENTITY : options.activation();
      decoder.add(
          Deconvolution.to(
              back,
              shapes.get(i).channels(),
              at("kernels", i - 1),
              strides.get(i - 1),
              padding(i - 1),
              activation));
    }
  }

  private void paint(int inputs) {
    int maps = section.getInt("painted-maps");
    int first = section.getInt("painted-size");
    int least = Math.min(image.height(), image.width());
    NetworkOptions.require(
        SECTION,
        "painted-size",
        first,
        first >= 1 && first <= least && image.height() == image.width(),
        "1 to %d, and square images".formatted(least));
    MapShape small = new MapShape(first, first, maps);
    decoder.add(Deconvolution.to(small, inputs, first, 1, Padding.NONE, options.activation()));
    MapShape large = new MapShape(image.height(), image.width(), maps);
    int second = image.height() - first + 1;
    decoder.add(Deconvolution.to(large, maps, second, 1, Padding.NONE, options.activation()));
    decoder.add(Convolution.of(large, image.channels(), 1, 1, Padding.NONE, Activation.IDENTITY));
  }

  private Activation activation() {
    return options.activation();
  }

  /** Returns what lies around the maps that a convolution reads. */
  private Padding padding(int number) {
    List<String> names = section.getStringList("padding");
    NetworkOptions.require(
        SECTION, "padding", names, names.size() > number, "one entry a convolution");
    String name = names.get(number);
    boolean isKnown = name.equals("same") || name.equals("none");
    NetworkOptions.require(SECTION, "padding", name, isKnown, "same or none");
    return name.equals("same") ? Padding.SAME : Padding.NONE;
  }

  private int at(String key, int number) {
    int value = section.getIntList(key).get(number);
    NetworkOptions.require(SECTION, key, value, value >= 1, "numbers of 1 or more");
    return value;
  }

  private void requireLength(String key, int length) {
    int found = section.getIntList(key).size();
    NetworkOptions.require(
        SECTION, key, "%d entries".formatted(found), found == length, "as many as maps, " + length);
  }
}
