package org.imageclustering.spark.training.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.Padding;
import org.imageclustering.patch.WindowGrid;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A convolution: {@code y = f(windows(x) W + b)}, the windows of the input as the rows of a matrix
 * (DCAE, Eq. 1). A dense layer is the convolution of a 1 x 1 map.
 */
public final class Convolution extends WindowLayer {
  private static final long serialVersionUID = 1L;

  /** For DL4J's persistence. */
  public Convolution() {}

  private Convolution(int[] sizes, WindowGrid grid, int maps, Activation activation) {
    super(sizes, maps, activation);
    setNIn(grid.image().length());
    setNOut((long) grid.positions() * maps);
  }

  /**
   * Returns a convolution with square kernels.
   *
   * @param input the shape that enters
   * @param maps the number of kernels
   * @param kernel rows and columns of a kernel
   * @throws IllegalArgumentException if the kernel does not fit
   */
  public static Convolution of(
      MapShape input, int maps, int kernel, int stride, Padding padding, Activation activation) {
    return new Convolution(
        sizes(input, kernel, kernel, stride, padding),
        new WindowGrid(input, kernel, kernel, stride, padding),
        maps,
        activation);
  }

  /** Returns a dense layer. */
  public static Convolution dense(int inputs, int outputs, Activation activation) {
    return of(new MapShape(1, 1, inputs), outputs, 1, 1, Padding.NONE, activation);
  }

  @Override
  public MapShape output() {
    WindowGrid windows = windows();
    return new MapShape(windows.rows(), windows.columns(), getMaps());
  }

  @Override
  public int weightRows() {
    return windows().length();
  }

  @Override
  public int weightColumns() {
    return getMaps();
  }

  @Override
  double fanIn() {
    return windows().length();
  }

  @Override
  WindowRun run(NeuralNetConfiguration conf, DataType type) {
    return new ConvolutionRun(conf, type);
  }
}
