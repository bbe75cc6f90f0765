package org.imageclustering.spark.training.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.imageclustering.linalg.Parallel;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link WinnerTakeAll} at work. Images are looked at side by side, one pass over the numbers. */
final class WinnerTakeAllRun extends AbstractLayer<WinnerTakeAll> {
  private static final long serialVersionUID = 1L;

  private final transient int positions;
  private final transient int channels;

  /** Where the winners of the last mini-batch lie in its row-major numbers, in ascending order. */
  private transient int[] winners = {};

  WinnerTakeAllRun(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
    this.positions = layerConf().maps().height() * layerConf().maps().width();
    this.channels = layerConf().maps().channels();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    if (!training) {
      return workspaces.dup(ArrayType.ACTIVATIONS, input, 'c');
    }
    INDArray rows = NativeFloats.rowMajor(input);
    winners = winners(NativeFloats.of(rows), (int) rows.size(0));
    return kept(rows, ArrayType.ACTIVATIONS, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray rows = NativeFloats.rowMajor(epsilon);
    return new Pair<>(new DefaultGradient(), kept(rows, ArrayType.ACTIVATION_GRAD, workspaces));
  }

  private INDArray kept(INDArray from, ArrayType type, LayerWorkspaceMgr workspaces) {
    INDArray result = workspaces.createUninitialized(type, DataType.FLOAT, from.shape(), 'c');
    NativeFloats source = NativeFloats.of(from);
    NativeFloats target = NativeFloats.of(result);
    target.clear(0, result.length());
    for (int winner : winners) {
      target.set(winner, source.get(winner));
    }
    return result;
  }

  private int[] winners(NativeFloats numbers, int images) {
    int length = positions * channels;
    float[] peaks = new float[images * channels];
    Parallel.forChunks(
        images,
        1,
        (chunk, from, until) -> {
          float[] image = Scratch.get().images(length);
          numbers.read(from * length, image, length);
          peaks(image, peaks, from * channels);
        });
    int[] found = new int[channels * layerConf().winners(images)];
    int count = 0;
    for (int map = 0; map < channels; map++) {
      for (int image : top(peaks, map, images)) {
        float peak = peaks[image * channels + map];
        if (peak != 0) {
          found[count++] = place(numbers, image, map, peak);
        }
      }
    }
    int[] places = Arrays.copyOf(found, count);
    Arrays.sort(places);
    return places;
  }

  /** Writes each map's largest number. */
  private void peaks(float[] image, float[] peaks, int offset) {
    float[] largest = Arrays.copyOf(image, channels);
    for (int position = 1; position < positions; position++) {
      int at = position * channels;
      for (int map = 0; map < channels; map++) {
        largest[map] = Math.max(largest[map], image[at + map]);
      }
    }
    System.arraycopy(largest, 0, peaks, offset, channels);
  }

  /** Returns the images with the largest peaks of a map. */
  private int[] top(float[] peaks, int map, int images) {
    int kept = Math.min(images, layerConf().winners(images));
    long[] order = new long[images];
    for (int image = 0; image < images; image++) {
      // Ascending by falling peak, then by image: one sort of primitive numbers.
      order[image] = (long) -sortable(peaks[image * channels + map]) << 32 | image;
    }
    Arrays.sort(order);
    int[] top = new int[kept];
    for (int i = 0; i < kept; i++) {
      top[i] = (int) order[i];
    }
    return top;
  }

  /** Returns an integer that grows with the number; not the least one for any number. */
  private static int sortable(float value) {
    int bits = Float.floatToIntBits(value);
    return bits >= 0 ? bits : -(bits & Integer.MAX_VALUE);
  }

  private int place(NativeFloats numbers, int image, int map, float peak) {
    for (int position = 0; position < positions; position++) {
      int at = (image * positions + position) * channels + map;
      if (numbers.get(at) == peak) {
        return at;
      }
    }
    throw new IllegalStateException("No number of map %d is its largest, %s".formatted(map, peak));
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // There are no parameters.
  }

  @Override
  public void clear() {
    super.clear();
    winners = new int[0];
  }
}
