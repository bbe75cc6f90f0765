package org.imageclustering.spark.training.layer;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.imageclustering.linalg.Parallel;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link Deconvolution} at work: {@code Z = fold(X W)}. */
final class DeconvolutionRun extends WindowRun {
  private static final long serialVersionUID = 1L;

  DeconvolutionRun(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  /** Makes pictures, in whose last bits nobody takes an interest. */
  @Override
  void forward(
      int images, boolean steady, NativeFloats input, NativeFloats weights, NativeFloats output) {
    int maps = layerConf().getMaps();
    int positions = windows.positions();
    if (windows.isIdentity()) {
      Gemm.splitTimes(images * positions, windows.length(), maps, input, weights, output);
      return;
    }
    NonZeros winners = winners(input, images);
    if (winners != null) {
      paint(winners, images, weights, output);
      return;
    }
    Parallel.forChunks(
        images,
        group(images),
        (chunk, from, until) -> {
          int rows = (until - from) * positions;
          FloatPointer values = input.at((long) from * positions * maps);
          FloatPointer painted = Scratch.get().outside((long) rows * windows.length());
          Gemm.times(rows, windows.length(), maps, values, weights.at(0), painted);
          fold(painted, from, until, output);
        });
  }

  @Override
  void backward(
      int images,
      NativeFloats input,
      NativeFloats gradient,
      NativeFloats weights,
      NativeFloats weightGradient,
      NativeFloats inputGradient) {
    int maps = layerConf().getMaps();
    int length = windows.length();
    int rows = images * windows.positions();
    if (windows.isIdentity()) {
      Gemm.splitTransposedTimes(maps, length, rows, input, gradient, weightGradient);
      if (inputGradient != null) {
        Gemm.splitTimesTransposed(rows, maps, length, gradient, weights, inputGradient);
      }
      return;
    }
    NonZeros winners = winners(input, images);
    if (winners != null) {
      backward(winners, images, gradient, weights, weightGradient, inputGradient);
      return;
    }
    float[][] parts = new float[Parallel.chunks(images, group(images))][];
    Parallel.forChunks(
        images,
        group(images),
        (chunk, from, until) -> {
          int groupRows = (until - from) * windows.positions();
          long offset = (long) from * windows.positions() * maps;
          FloatPointer deltas = unfolded(gradient, from, until);
          FloatPointer product = Scratch.get().second((long) maps * length);
          Gemm.transposedTimes(maps, length, groupRows, input.at(offset), deltas, product);
          parts[chunk] = new float[maps * length];
          product.get(parts[chunk], 0, maps * length);
          if (inputGradient != null) {
            Gemm.timesTransposed(
                groupRows, maps, length, deltas, weights.at(0), inputGradient.at(offset));
          }
        });
    weightGradient.write(0, sum(parts), maps * length);
  }

  /** Returns the input's numbers where they are few and a layer before says so; null otherwise. */
  private NonZeros winners(NativeFloats input, int images) {
    boolean isSparse = ((Deconvolution) layerConf()).isWinnersOnly();
    return isSparse
        ? NonZeros.of(input, images, windows.positions() * layerConf().getMaps())
        : null;
  }

  /** Each number paints its map's window. */
  private void paint(NonZeros winners, int images, NativeFloats weights, NativeFloats output) {
    int maps = layerConf().getMaps();
    int length = windows.length();
    int pixels = windows.image().length();
    float[] kernels = new float[maps * length];
    weights.read(0, kernels, kernels.length);
    Parallel.forChunks(
        images,
        1,
        (image, from, until) -> {
          float[] painted = Scratch.get().images(pixels);
          Arrays.fill(painted, 0, pixels, 0f);
          int[] places = winners.places(image);
          for (int i = 0; i < places.length; i++) {
            int kernel = places[i] % maps * length;
            float value = winners.values(image)[i];
            windows.paint(places[i] / maps, value, kernels, kernel, painted, 0);
          }
          output.write(image * pixels, painted, pixels);
        });
  }

  private void backward(
      NonZeros winners,
      int images,
      NativeFloats gradient,
      NativeFloats weights,
      NativeFloats weightGradient,
      NativeFloats inputGradient) {
    int maps = layerConf().getMaps();
    int length = windows.length();
    int pixels = windows.image().length();
    float[] kernels = new float[maps * length];
    weights.read(0, kernels, kernels.length);
    if (inputGradient != null) {
      inputGradient.clear(0, (long) images * windows.positions() * maps);
    }
    float[][] parts = new float[Parallel.chunks(images, share(images))][maps * length];
    Parallel.forChunks(
        images,
        share(images),
        (chunk, from, until) -> {
          float[] deltas = Scratch.get().images(pixels);
          for (int image = from; image < until; image++) {
            gradient.read(image * pixels, deltas, pixels);
            int[] places = winners.places(image);
            for (int i = 0; i < places.length; i++) {
              int position = places[i] / maps;
              int kernel = places[i] % maps * length;
              windows.gather(position, winners.values(image)[i], deltas, 0, parts[chunk], kernel);
              if (inputGradient != null) {
                int at = image * windows.positions() * maps + places[i];
                inputGradient.set(at, windows.product(position, deltas, 0, kernels, kernel));
              }
            }
          }
        });
    weightGradient.write(0, sum(parts), maps * length);
  }
}
