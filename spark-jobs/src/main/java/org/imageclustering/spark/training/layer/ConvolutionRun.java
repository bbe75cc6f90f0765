package org.imageclustering.spark.training.layer;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.imageclustering.linalg.Parallel;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link Convolution} at work: {@code Z = unfold(X) W}. */
final class ConvolutionRun extends WindowRun {
  private static final long serialVersionUID = 1L;

  ConvolutionRun(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  void forward(
      int images, boolean steady, NativeFloats input, NativeFloats weights, NativeFloats output) {
    int maps = layerConf().getMaps();
    int length = windows.length();
    int positions = windows.positions();
    if (windows.isIdentity()) {
      Gemm.splitTimes(images * positions, maps, length, input, weights, output);
      return;
    }
    if (UnfoldedRows.suit(windows)) {
      UnfoldedRows rows = new UnfoldedRows(windows, maps);
      Parallel.forChunks(
          images, 1, (image, from, until) -> rows.times(image, input, weights, output));
      return;
    }
    Parallel.forChunks(
        images,
        steady ? 1 : group(images),
        (chunk, from, until) ->
            Gemm.times(
                (until - from) * positions,
                maps,
                length,
                unfolded(input, from, until),
                weights.at(0),
                output.at((long) from * positions * maps)));
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
      Gemm.splitTransposedTimes(length, maps, rows, input, gradient, weightGradient);
      if (inputGradient != null) {
        Gemm.splitTimesTransposed(rows, length, maps, gradient, weights, inputGradient);
      }
      return;
    }
    float[][] parts = new float[Parallel.chunks(images, group(images))][];
    Parallel.forChunks(
        images,
        group(images),
        (chunk, from, until) -> {
          int groupRows = (until - from) * windows.positions();
          FloatPointer deltas = gradient.at((long) from * windows.positions() * maps);
          parts[chunk] = weightPart(groupRows, unfolded(input, from, until), deltas);
          if (inputGradient != null) {
            FloatPointer spread = Scratch.get().outside((long) groupRows * length);
            Gemm.timesTransposed(groupRows, length, maps, deltas, weights.at(0), spread);
            fold(spread, from, until, inputGradient);
          }
        });
    weightGradient.write(0, sum(parts), length * maps);
  }

  private float[] weightPart(int rows, FloatPointer unfolded, FloatPointer deltas) {
    int size = windows.length() * layerConf().getMaps();
    FloatPointer product = Scratch.get().second(size);
    Gemm.transposedTimes(windows.length(), layerConf().getMaps(), rows, unfolded, deltas, product);
    float[] part = new float[size];
    product.get(part, 0, size);
    return part;
  }

  @Override
  NonZeros few(NativeFloats gradient, int images) {
    return windows.isIdentity()
        ? null
        : NonZeros.of(gradient, images, windows.positions() * layerConf().getMaps());
  }

  /** Each number has one window. */
  @Override
  void backward(NonZeros deltas, Pass pass) {
    int images = pass.images();
    NativeFloats inputGradient = pass.inputGradient();
    int maps = layerConf().getMaps();
    int length = windows.length();
    int pixels = windows.image().length();
    float[] kernels = new float[length * maps];
    pass.weights().read(0, kernels, kernels.length);
    float[] byMap = transposed(kernels, length, maps);
    float[][] parts = new float[Parallel.chunks(images, share(images))][maps * length];
    Parallel.forChunks(
        images,
        share(images),
        (chunk, from, until) -> {
          float[] pixelsOfImage = Scratch.get().images(pixels);
          float[] spread = Scratch.get().windows(pixels);
          for (int image = from; image < until; image++) {
            int[] places = deltas.places(image);
            float[] values = deltas.values(image);
            pass.input().read(image * pixels, pixelsOfImage, pixels);
            Arrays.fill(spread, 0, pixels, 0f);
            for (int i = 0; i < places.length; i++) {
              int position = places[i] / maps;
              int kernel = places[i] % maps * length;
              windows.gather(position, values[i], pixelsOfImage, 0, parts[chunk], kernel);
              if (inputGradient != null) {
                windows.paint(position, values[i], byMap, kernel, spread, 0);
              }
            }
            if (inputGradient != null) {
              inputGradient.write(image * pixels, spread, pixels);
            }
          }
        });
    pass.weightGradient().write(0, transposed(sum(parts), maps, length), length * maps);
  }

  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] result = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result[column * rows + row] = matrix[row * columns + column];
      }
    }
    return result;
  }
}
