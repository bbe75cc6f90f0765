package org.imageclustering.spark.training.layer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.imageclustering.patch.MapShape;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Batch normalisation by channel, then an activation (Ioffe and Szegedy 2015): {@code y = f(gamma
 * (x - m) / sqrt(v + 1e-5) + beta)} with the mean m and variance v of a channel over the batch and
 * all positions while training, and their running averages otherwise.
 *
 * <p>The running averages are those of x and of x squared, not of the variance: the mean of several
 * workers' averages is then that of all their images together, and parameter averaging keeps them
 * exact. They are parameters without a gradient, moved by {@value NormalizationRun#SHARE} of the
 * way to each batch.
 *
 * <p>A batch may consist of parts of equal size, one after another, each with statistics of its
 * own; the running averages are then the first part's, and the last part alone has a gradient.
 */
public final class Normalization extends FeedForwardLayer {
  private static final long serialVersionUID = 1L;

  private int channels = 1;
  private int parts = 1;

  /** For DL4J's persistence. */
  public Normalization() {}

  private Normalization(MapShape shape, Activation activation) {
    this.channels = shape.channels();
    setNIn(shape.length());
    setNOut(shape.length());
    setActivationFn(activation.getActivationFunction());
  }

  /** Returns the normalisation of maps of a shape. */
  public static Normalization of(MapShape shape, Activation activation) {
    return new Normalization(shape, activation);
  }

  /** Returns a copy for batches of so many parts. */
  public Normalization forParts(int count) {
    Normalization copy = (Normalization) clone();
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
    NormalizationRun run = new NormalizationRun(conf, type);
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
    return NormalizationParameters.INSTANCE;
  }

  /** The running averages move by what the layer says, not by the network's updater. */
  @Override
  public IUpdater getUpdaterByParam(String parameter) {
    return NormalizationParameters.isAverage(parameter)
        ? new NoOp()
        : super.getUpdaterByParam(parameter);
  }

  @Override
  public List<Regularization> getRegularizationByParam(String parameter) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    return new LayerMemoryReport.Builder(getLayerName(), getClass(), input, input)
        .standardMemory(4L * channels, 4L * channels)
        .workingMemory(0, getNOut(), 0, 2 * getNOut())
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  /** Returns the number of channels. */
  public int getChannels() {
    return channels;
  }

  /** For DL4J's persistence. */
  public void setChannels(int value) {
    channels = value;
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
