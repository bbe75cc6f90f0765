package org.imageclustering.spark.adaptive;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.imageclustering.UserException;
import org.imageclustering.patch.HalvingStrides;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.Padding;
import org.imageclustering.patch.PatchGeometry;
import org.imageclustering.spark.training.layer.Convolution;
import org.imageclustering.spark.training.layer.Deconvolution;
import org.imageclustering.spark.training.layer.WindowLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * The layers of Table 3: an encoder of strided convolutions, SAME padding throughout; a decoder of
 * deconvolutions, each back to its twin's input, whatever its size (28 -> 14 -> 7 -> 4 -> 2 and
 * back); a head of dense layers on the code. Each but the last deconvolution is followed by batch
 * normalisation and ReLU, the head's too, before the softmax.
 *
 * @param shapes from the image to the code
 * @param encoder convolutions
 * @param decoder deconvolutions, the first from the code
 * @param head dense layers, the last with K outputs
 * @param pooled whether the head takes the means of the code's maps
 * @param rate of learning
 * @param seed of the starting parameters
 */
record AdaptiveNetwork(
    List<MapShape> shapes,
    List<WindowLayer> encoder,
    List<WindowLayer> decoder,
    List<WindowLayer> head,
    boolean pooled,
    double rate,
    long seed) {

  /** Pixels of a side that the last maps have at least where the strides follow from the image. */
  private static final int LAST_SIDE = 2;

  private enum Pooling {
    NONE,
    MEAN
  }

  /**
   * Returns the network for images of a shape.
   *
   * @throws UserException if an option is out of range or does not fit the images
   */
  static AdaptiveNetwork of(Config config, MapShape image) {
    Config own = config.getConfig(AdaptiveOptions.SECTION);
    List<MapShape> shapes = new ArrayList<>(List.of(image));
    List<WindowLayer> encoder = new ArrayList<>();
    List<WindowLayer> decoder = new ArrayList<>();
    List<Integer> maps = own.getIntList("maps");
    AdaptiveOptions.require("maps", maps, !maps.isEmpty(), "one number or more");
    List<Integer> strides = strides(own, maps.size(), image);
    for (int i = 0; i < maps.size(); i++) {
      Sizes sizes = Sizes.of(own, i, strides.get(i), shapes.get(i));
      Convolution layer =
          Convolution.of(
              shapes.get(i),
              sizes.maps,
              sizes.kernel,
              sizes.stride,
              Padding.SAME,
              Activation.IDENTITY);
      encoder.add(layer);
      shapes.add(layer.output());
      decoder.add(
          0,
          Deconvolution.to(
              shapes.get(i),
              sizes.maps,
              sizes.kernel,
              sizes.stride,
              Padding.SAME,
              Activation.IDENTITY));
    }
    encoder.get(0).withoutInputGradient();
    MapShape code = shapes.get(maps.size());
    boolean pooled = AdaptiveOptions.named(Pooling.class, own, "code-pooling") == Pooling.MEAN;
    int width = pooled ? code.channels() : code.length();
    double rate = own.getDouble("rate");
    AdaptiveOptions.require("rate", rate, rate > 0, "more than 0");
    List<WindowLayer> head = head(own, width, config.getInt("clusters"));
    return new AdaptiveNetwork(
        shapes, encoder, decoder, head, pooled, rate, config.getLong("seed"));
  }

  /** Returns the strides of the section, or those that the image's size asks for. */
  private static List<Integer> strides(Config own, int layers, MapShape image) {
    List<Integer> given = own.getIntList("strides");
    if (given.isEmpty()) {
      int side = Math.min(image.height(), image.width());
      return HalvingStrides.of(
          layers,
          side,
          LAST_SIDE,
          (layer, stride, before) ->
              PatchGeometry.windows(before, at(own, "kernels", layer), stride, Padding.SAME));
    }
    return IntStream.range(0, layers).mapToObj(i -> at(own, "strides", i)).toList();
  }

  private static int at(Config own, String key, int number) {
    List<Integer> values = own.getIntList(key);
    int length = own.getIntList("maps").size();
    AdaptiveOptions.require(
        key,
        "%d entries".formatted(values.size()),
        values.size() == length,
        "as many as dac.maps, " + length);
    int value = values.get(number);
    AdaptiveOptions.require(key, value, value >= 1, "numbers of 1 or more");
    return value;
  }

  private static List<WindowLayer> head(Config own, int inputs, int clusters) {
    List<WindowLayer> head = new ArrayList<>();
    int before = inputs;
    for (int size : own.getIntList("head")) {
      AdaptiveOptions.require("head", size, size >= 1, "sizes of 1 or more");
      head.add(Convolution.dense(before, size, Activation.IDENTITY));
      before = size;
    }
    if (clusters > before) {
      throw new UserException(
          "Cannot use --clusters %d for dac: found a head of %d numbers before the clusters, expected at least as many as clusters: widen dac.head"
              .formatted(clusters, before));
    }
    head.add(Convolution.dense(before, clusters, Activation.IDENTITY));
    return head;
  }

  /** The sizes of one convolution. */
  private static final class Sizes {
    private final int maps;
    private final int kernel;
    private final int stride;

    private Sizes(int maps, int kernel, int stride) {
      this.maps = maps;
      this.kernel = kernel;
      this.stride = stride;
    }

    private static Sizes of(Config own, int number, int stride, MapShape before) {
      Sizes sizes = new Sizes(at(own, "maps", number), at(own, "kernels", number), stride);
      if (sizes.stride > 1 && Math.min(before.height(), before.width()) < sizes.stride) {
        throw new UserException(
            "Cannot use dac.strides: found maps of %s before convolution %d, expected at least %d x %d for its stride: use larger images (--size) or fewer strides"
                .formatted(before, number + 1, sizes.stride, sizes.stride));
      }
      if (sizes.kernel < sizes.stride) {
        throw new UserException(
            "Cannot use dac.kernels: found %d with stride %d in convolution %d, expected at least the stride: the decoder would leave pixels out on its way back to the input's size"
                .formatted(sizes.kernel, sizes.stride, number + 1));
      }
      return sizes;
    }
  }

  /** Returns the shape of the code. */
  MapShape code() {
    return shapes.get(shapes.size() - 1);
  }

  /** Returns the numbers of an image. */
  int imageLength() {
    return shapes.get(0).length();
  }

  /** Returns the multiplications and additions of a step for one image: three products a layer. */
  double work() {
    double work = 0;
    for (List<WindowLayer> layers : List.of(encoder, decoder, head)) {
      for (WindowLayer layer : layers) {
        double weights = (double) layer.weightRows() * layer.weightColumns();
        work += 3 * weights * layer.windows().positions();
      }
    }
    return work;
  }
}
