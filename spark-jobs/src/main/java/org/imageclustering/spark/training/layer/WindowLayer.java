package org.imageclustering.spark.training.layer;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.Padding;
import org.imageclustering.patch.WindowGrid;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The configuration of a layer whose maps are rows: an image or a stack of maps enters and leaves
 * as one row of {@code height x width x channels} numbers, the channel running fastest, so that
 * convolutions and dense layers follow each other without being reshaped. Each is one large matrix
 * product a batch.
 *
 * <p>Parameters: {@code W}, row-major, {@link #weightRows()} x {@link #weightColumns()}; {@code b},
 * one number a channel of the output. W starts uniform in ± 1 / sqrt(fan-in), or as the weight
 * initialisation that is set says; b at the bias that is set, 0 by default.
 */
public abstract class WindowLayer extends FeedForwardLayer {
  private static final long serialVersionUID = 1L;

  /** Image height, width, channels; kernel height, width; stride; 1 for padding {@code same}. */
  private int[] grid = {1, 1, 1, 1, 1, 1, 0};

  /** The channels on the other side of the windows. */
  private int maps = 1;

  /** Whether the gradient of the input is needed: not in the first layer of a network. */
  private boolean inputGradient = true;

  /** The parts of a batch, of which the last alone has a gradient. */
  private int parts = 1;

  /** For DL4J's persistence. */
  protected WindowLayer() {}

  WindowLayer(int[] sizes, int maps, Activation activation) {
    this.grid = sizes.clone();
    this.maps = maps;
    setActivationFn(activation.getActivationFunction());
  }

  static int[] sizes(MapShape image, int height, int width, int stride, Padding padding) {
    return new int[] {
      image.height(),
      image.width(),
      image.channels(),
      height,
      width,
      stride,
      padding == Padding.SAME ? 1 : 0
    };
  }

  /** Returns the windows of the larger side: of a convolution's input, a deconvolution's output. */
  public WindowGrid windows() {
    return new WindowGrid(
        new MapShape(grid[0], grid[1], grid[2]),
        grid[3],
        grid[4],
        grid[5],
        grid[6] == 1 ? Padding.SAME : Padding.NONE);
  }

  /** Returns the shape of what comes out. */
  public abstract MapShape output();

  /** Returns the rows of W. */
  public abstract int weightRows();

  /** Returns the columns of W. */
  public abstract int weightColumns();

  /** Returns the number of inputs that one number of the output is made of. */
  abstract double fanIn();

  abstract WindowRun run(NeuralNetConfiguration conf, DataType type);

  /** Says that nobody needs the gradient of the input: the layer is the network's first. */
  public WindowLayer withoutInputGradient() {
    inputGradient = false;
    return this;
  }

  /**
   * Returns a copy for batches of parts of equal size, one after another, of which the last alone
   * has a gradient: nothing is computed backwards for the others.
   */
  public WindowLayer forParts(int count) {
    WindowLayer copy = (WindowLayer) clone();
    copy.parts = count;
    return copy;
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    WindowRun run = run(conf, type);
    run.setListeners(listeners);
    run.setIndex(index);
    run.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(conf, parameters, initialize);
    run.setParamTable(table);
    run.setConf(conf);
    return run;
  }

  @Override
  public ParamInitializer initializer() {
    return WindowParameters.INSTANCE;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    long parameters = initializer().numParams(this);
    return new LayerMemoryReport.Builder(getLayerName(), getClass(), input, input)
        .standardMemory(parameters, 2 * parameters)
        .workingMemory(0, getNOut(), 0, getNIn() + getNOut())
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  /** For DL4J's persistence. */
  public int[] getGrid() {
    return grid.clone();
  }

  /** For DL4J's persistence. */
  public void setGrid(int[] value) {
    grid = value.clone();
  }

  /** Returns the channels on the other side of the windows. */
  public int getMaps() {
    return maps;
  }

  /** For DL4J's persistence. */
  public void setMaps(int value) {
    maps = value;
  }

  /** Tells whether the gradient of the input is computed. */
  public boolean isInputGradient() {
    return inputGradient;
  }

  /** For DL4J's persistence. */
  public void setInputGradient(boolean value) {
    inputGradient = value;
  }

  /** Returns the number of parts of a batch. */
  public int getParts() {
    return parts;
  }

  /** For DL4J's persistence. */
  public void setParts(int value) {
    parts = value;
  }
}
