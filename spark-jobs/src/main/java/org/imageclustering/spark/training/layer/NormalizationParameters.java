package org.imageclustering.spark.training.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the parameters of a {@link Normalization} lie: gamma (starts at 1), beta (0), the running
 * averages of x (0) and of x squared (1), one number a channel each.
 */
final class NormalizationParameters implements ParamInitializer {
  static final NormalizationParameters INSTANCE = new NormalizationParameters();
  static final String GAMMA = "gamma";
  static final String BETA = "beta";
  static final String MEAN = "mean";
  static final String SQUARE = "square";

  private static final List<String> KEYS = List.of(GAMMA, BETA, MEAN, SQUARE);
  private static final List<String> ONES = List.of(GAMMA, SQUARE);

  private NormalizationParameters() {}

  static boolean isAverage(String parameter) {
    return parameter.equals(MEAN) || parameter.equals(SQUARE);
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return (long) KEYS.size() * channels(layer);
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return KEYS;
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of();
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return false;
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return false;
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parameters, boolean initialize) {
    KEYS.forEach(conf::addVariable);
    Map<String, INDArray> views = views(conf.getLayer(), parameters);
    if (initialize) {
      KEYS.forEach(key -> views.get(key).assign(ONES.contains(key) ? 1 : 0));
    }
    return views;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradients) {
    return views(conf.getLayer(), gradients);
  }

  private static Map<String, INDArray> views(Layer layer, INDArray vector) {
    INDArray flat = vector.reshape(vector.length());
    int channels = channels(layer);
    Map<String, INDArray> views = new LinkedHashMap<>();
    for (int i = 0; i < KEYS.size(); i++) {
      INDArray part = flat.get(interval((long) i * channels, (i + 1L) * channels));
      views.put(KEYS.get(i), part.reshape('c', 1, channels));
    }
    return views;
  }

  private static int channels(Layer layer) {
    return ((Normalization) layer).getChannels();
  }
}
