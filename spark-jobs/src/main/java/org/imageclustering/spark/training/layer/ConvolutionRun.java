package org.imageclustering.spark.training.layer;

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
  void forward(int images, NativeFloats input, NativeFloats weights, NativeFloats output) {
    int maps = layerConf().getMaps();
    int length = windows.length();
    int positions = windows.positions();
    if (windows.isIdentity()) {
      Gemm.splitTimes(images * positions, maps, length, input, weights, output);
      return;
    }
    Parallel.forChunks(
        images,
        group(images),
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
}
