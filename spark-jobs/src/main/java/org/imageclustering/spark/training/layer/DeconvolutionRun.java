package org.imageclustering.spark.training.layer;

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

  @Override
  void forward(int images, NativeFloats input, NativeFloats weights, NativeFloats output) {
    int maps = layerConf().getMaps();
    int positions = windows.positions();
    if (windows.isIdentity()) {
      Gemm.splitTimes(images * positions, windows.length(), maps, input, weights, output);
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
}
