package org.imageclustering.spark.training.layer;

import java.util.Collection;
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

/** The mean of each map: {@code b x (h w c)} in, {@code b x c} out (global average pooling). */
public final class MeanPooling extends NoParamLayer {
  private static final long serialVersionUID = 1L;

  private int positions = 1;
  private int channels = 1;

  /** For DL4J's persistence. */
  public MeanPooling() {}

  /** Returns the pooling of maps of a shape. */
  public static MeanPooling of(MapShape shape) {
    MeanPooling pooling = new MeanPooling();
    pooling.positions = shape.height() * shape.width();
    pooling.channels = shape.channels();
    return pooling;
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    MeanPoolingRun run = new MeanPoolingRun(conf, type);
    run.setListeners(listeners);
    run.setIndex(index);
    run.setConf(conf);
    return run;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return InputType.feedForward(channels);
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    return new LayerMemoryReport.Builder(getLayerName(), getClass(), input, input)
        .standardMemory(0, 0)
        .workingMemory(0, channels, 0, (long) positions * channels)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  /** Returns the number of positions of a map. */
  public int getPositions() {
    return positions;
  }

  /** For DL4J's persistence. */
  public void setPositions(int value) {
    positions = value;
  }

  /** Returns the number of maps. */
  public int getChannels() {
    return channels;
  }

  /** For DL4J's persistence. */
  public void setChannels(int value) {
    channels = value;
  }
}
