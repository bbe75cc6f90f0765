package org.imageclustering.spark.training.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link MeanPooling} at work. */
final class MeanPoolingRun extends AbstractLayer<MeanPooling> {
  private static final long serialVersionUID = 1L;

  MeanPoolingRun(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray rows = NativeFloats.rowMajor(input);
    int images = (int) rows.size(0);
    int positions = layerConf().getPositions();
    int channels = layerConf().getChannels();
    float[] x = new float[images * positions * channels];
    NativeFloats.of(rows).read(0, x, x.length);
    float[] means = new float[images * channels];
    for (int at = 0; at < x.length; at += channels) {
      int image = at / (positions * channels);
      for (int c = 0; c < channels; c++) {
        means[image * channels + c] += x[at + c] / positions;
      }
    }
    return written(means, images, channels, ArrayType.ACTIVATIONS, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray rows = NativeFloats.rowMajor(epsilon);
    int images = (int) rows.size(0);
    int positions = layerConf().getPositions();
    int channels = layerConf().getChannels();
    float[] deltas = new float[images * channels];
    NativeFloats.of(rows).read(0, deltas, deltas.length);
    float[] x = new float[images * positions * channels];
    for (int at = 0; at < x.length; at += channels) {
      int image = at / (positions * channels);
      for (int c = 0; c < channels; c++) {
        x[at + c] = deltas[image * channels + c] / positions;
      }
    }
    INDArray gradient =
        written(x, images, positions * channels, ArrayType.ACTIVATION_GRAD, workspaces);
    return new Pair<>(new DefaultGradient(), gradient);
  }

  private static INDArray written(
      float[] values, int rows, int columns, ArrayType type, LayerWorkspaceMgr workspaces) {
    INDArray array =
        workspaces.createUninitialized(type, DataType.FLOAT, new long[] {rows, columns}, 'c');
    NativeFloats.of(array).write(0, values, values.length);
    return array;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // There are no weights.
  }
}
