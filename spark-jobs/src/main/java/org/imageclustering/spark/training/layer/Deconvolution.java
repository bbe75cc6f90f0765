package org.imageclustering.spark.training.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.Padding;
import org.imageclustering.patch.WindowGrid;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A deconvolution, the transposed map of a {@link Convolution}: {@code y = f(fold(x W) + b)}; each
 * position of the input paints its window of the output, and windows add up where they overlap
 * (DCAE, Eq. 2).
 */
public final class Deconvolution extends WindowLayer {
  private static final long serialVersionUID = 1L;

  private boolean winnersOnly;

  /** For DL4J's persistence. */
  public Deconvolution() {}

  private Deconvolution(int[] sizes, WindowGrid grid, int maps, Activation activation) {
    super(sizes, maps, activation);
    setNIn((long) grid.positions() * maps);
    setNOut(grid.image().length());
  }

  /**
   * Returns a deconvolution with square kernels: the twin of a convolution from {@code output}.
   *
   * @param output the shape that leaves
   * @param inputMaps the channels that enter; their height and width are those of the convolution
   *     that would lead from {@code output} to them
   * @param kernel rows and columns of a kernel
   * @throws IllegalArgumentException if the kernel does not fit
   */
  public static Deconvolution to(
      MapShape output,
      int inputMaps,
      int kernel,
      int stride,
      Padding padding,
      Activation activation) {
    return new Deconvolution(
        sizes(output, kernel, kernel, stride, padding),
        new WindowGrid(output, kernel, kernel, stride, padding),
        inputMaps,
        activation);
  }

  /**
   * Says that a {@link WinnerTakeAll} stands before: where the input is zero, nobody needs its
   * gradient.
   */
  public Deconvolution ofWinners() {
    winnersOnly = true;
    return this;
  }

  @Override
  public MapShape output() {
    return windows().image();
  }

  @Override
  public int weightRows() {
    return getMaps();
  }

  @Override
  public int weightColumns() {
    return windows().length();
  }

  /** Input channels times the mean number of windows over an output pixel, at least one. */
  @Override
  double fanIn() {
    WindowGrid windows = windows();
    double covering = (double) windows.positions() * windows.length() / windows.image().length();
    return getMaps() * Math.max(1, covering);
  }

  @Override
  WindowRun run(NeuralNetConfiguration conf, DataType type) {
    return new DeconvolutionRun(conf, type);
  }

  /** Tells whether the gradient is computed only where the input is not zero. */
  public boolean isWinnersOnly() {
    return winnersOnly;
  }

  /** For DL4J's persistence. */
  public void setWinnersOnly(boolean value) {
    winnersOnly = value;
  }
}
