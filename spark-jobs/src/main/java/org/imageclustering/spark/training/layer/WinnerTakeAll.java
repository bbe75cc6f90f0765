package org.imageclustering.spark.training.layer;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.imageclustering.patch.MapShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sparsity of a winner-take-all autoencoder (section II B; Makhzani and Frey 2015), for rows of
 * {@code height x width x channels} numbers. Of each map of each image only the largest number
 * stays (spatial sparsity), and of the images of the mini-batch only those whose largest number is
 * among the map's top share (lifetime sparsity): at least one a map. Everything else becomes zero.
 * Ties go to the lower position and the earlier image.
 *
 * <p>The gradient flows through the winners alone; a zero wins nothing. Outside training the layer
 * does nothing. It has no parameters.
 */
public final class WinnerTakeAll extends NoParamLayer {
  private static final long serialVersionUID = 1L;

  private int height = 1;
  private int width = 1;
  private int channels = 1;
  private double share = 1;

  /** For DL4J's persistence. */
  public WinnerTakeAll() {}

  /**
   * The sparsity of maps.
   *
   * @param maps their shape
   * @param share of a mini-batch's images that keep a map's winner, above 0, at most 1
   * @throws IllegalArgumentException if the share is out of its range
   */
  public WinnerTakeAll(MapShape maps, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "Cannot keep a share of %s of the images: expected above 0, at most 1".formatted(share));
    }
    this.height = maps.height();
    this.width = maps.width();
    this.channels = maps.channels();
    this.share = share;
  }

  /** Returns the number of images of a mini-batch that keep a map's winner. */
  int winners(int images) {
    return Math.max(1, (int) Math.round(share * images));
  }

  /** Returns the shape of what enters and leaves. */
  MapShape maps() {
    return new MapShape(height, width, channels);
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    WinnerTakeAllRun run = new WinnerTakeAllRun(conf, type);
    run.setListeners(listeners);
    run.setIndex(index);
    run.setParamsViewArray(parameters);
    run.setParamTable(Map.of());
    run.setConf(conf);
    return run;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return input;
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    long numbers = maps().length();
    return new LayerMemoryReport.Builder(getLayerName(), getClass(), input, input)
        .standardMemory(0, 0)
        .workingMemory(0, numbers, 0, 2 * numbers)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  /** For DL4J's persistence. */
  public int getHeight() {
    return height;
  }

  /** For DL4J's persistence. */
  public void setHeight(int value) {
    height = value;
  }

  /** For DL4J's persistence. */
  public int getWidth() {
    return width;
  }

  /** For DL4J's persistence. */
  public void setWidth(int value) {
    width = value;
  }

  /** For DL4J's persistence. */
  public int getChannels() {
    return channels;
  }

  /** For DL4J's persistence. */
  public void setChannels(int value) {
    channels = value;
  }

  /** Returns the share of a mini-batch's images that keep a map's winner. */
  public double getShare() {
    return share;
  }

  /** For DL4J's persistence. */
  public void setShare(double value) {
    share = value;
  }
}
