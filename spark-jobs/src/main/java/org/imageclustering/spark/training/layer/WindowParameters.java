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
 * Where the parameters of a {@link WindowLayer} lie in its part of the network's vector: W, then b.
 */
final class WindowParameters implements ParamInitializer {
  static final WindowParameters INSTANCE = new WindowParameters();
  static final String WEIGHTS = "W";
  static final String BIASES = "b";

  private WindowParameters() {}

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return weights(layer) + biases(layer);
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return List.of(WEIGHTS, BIASES);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(WEIGHTS);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of(BIASES);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return key.equals(WEIGHTS);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return key.equals(BIASES);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parameters, boolean initialize) {
    conf.addVariable(WEIGHTS);
    conf.addVariable(BIASES);
    Map<String, INDArray> views = views(conf.getLayer(), parameters);
    if (initialize) {
      WindowLayer layer = (WindowLayer) conf.getLayer();
      long[] shape = {layer.weightRows(), layer.weightColumns()};
      double fanOut = (double) weights(layer) / layer.fanIn();
      layer
          .getWeightInitFn()
          .init(layer.fanIn(), fanOut, shape, 'c', views.get(WEIGHTS).reshape(weights(layer)));
      views.get(BIASES).assign(layer.getBiasInit());
    }
    return views;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradients) {
    return views(conf.getLayer(), gradients);
  }

  private static Map<String, INDArray> views(Layer conf, INDArray vector) {
    WindowLayer layer = (WindowLayer) conf;
    INDArray flat = vector.reshape(vector.length());
    long weights = weights(layer);
    Map<String, INDArray> views = new LinkedHashMap<>();
    views.put(
        WEIGHTS,
        flat.get(interval(0, weights)).reshape('c', layer.weightRows(), layer.weightColumns()));
    views.put(
        BIASES,
        flat.get(interval(weights, weights + biases(layer))).reshape('c', 1, biases(layer)));
    return views;
  }

  private static long weights(Layer layer) {
    WindowLayer windows = (WindowLayer) layer;
    return (long) windows.weightRows() * windows.weightColumns();
  }

  private static long biases(Layer layer) {
    return ((WindowLayer) layer).output().channels();
  }
}
