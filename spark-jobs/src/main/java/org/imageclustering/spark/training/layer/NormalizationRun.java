package org.imageclustering.spark.training.layer;

import static org.imageclustering.spark.training.layer.NormalizationParameters.BETA;
import static org.imageclustering.spark.training.layer.NormalizationParameters.GAMMA;
import static org.imageclustering.spark.training.layer.NormalizationParameters.MEAN;
import static org.imageclustering.spark.training.layer.NormalizationParameters.SQUARE;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.imageclustering.linalg.Parallel;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link Normalization} at work. Sums over a batch are made in chunks of images, whose size depends
 * on the layer alone, and added in their order: the number of cores does not change the result.
 * Backwards goes the last part alone, the others have no gradient.
 */
final class NormalizationRun extends BaseLayer<Normalization> {
  private static final long serialVersionUID = 1L;

  /** How far a running average moves to the value of a batch. */
  static final double SHARE = 0.1;

  private static final double EPSILON = 1e-5;

  /** Numbers of a chunk. */
  private static final int VALUES = 1 << 15;

  private final int channels;
  private final int length;
  private final int positions;
  private final transient Curve curve;
  private transient INDArray activated;
  private transient Statistics[] statistics;

  NormalizationRun(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
    this.channels = layerConf().getChannels();
    this.length = (int) layerConf().getNOut();
    this.positions = length / channels;
    this.curve = Curve.of(layerConf().getActivationFn());
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray rows = NativeFloats.rowMajor(input);
    int images = (int) rows.size(0);
    INDArray output =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, rows.shape(), 'c');
    NativeFloats from = NativeFloats.of(rows);
    NativeFloats to = NativeFloats.of(output);
    if (!training) {
      normalize(running(), 0, images, from, to);
      return output;
    }
    int parts = requireParts(images);
    statistics = new Statistics[parts];
    for (int part = 0; part < parts; part++) {
      int first = part * (images / parts);
      statistics[part] = ofBatch(first, first + images / parts, from);
      normalize(statistics[part], first, first + images / parts, from, to);
    }
    activated = output;
    return output;
  }

  private int requireParts(int images) {
    int parts = layerConf().getParts();
    if (images % parts != 0) {
      throw new IllegalArgumentException(
          "Cannot normalise %d rows in %d parts: expected parts of equal size"
              .formatted(images, parts));
    }
    return parts;
  }

  private Statistics running() {
    double[] mean = values(MEAN);
    double[] square = values(SQUARE);
    return new Statistics(mean, square);
  }

  private double[] values(String parameter) {
    float[] values = new float[channels];
    NativeFloats.of(params.get(parameter)).read(0, values, channels);
    double[] wide = new double[channels];
    for (int c = 0; c < channels; c++) {
      wide[c] = values[c];
    }
    return wide;
  }

  private Statistics ofBatch(int first, int until, NativeFloats from) {
    double[] sums =
        sums(
            until - first,
            2,
            (image, count, into) -> {
              float[] x = Scratch.get().images(count * length);
              from.read((first + image) * length, x, count * length);
              float[] values = new float[length];
              float[] squares = new float[length];
              for (int at = 0; at < count * length; at += length) {
                for (int i = 0; i < length; i++) {
                  float value = x[at + i];
                  values[i] += value;
                  squares[i] += value * value;
                }
              }
              addByChannel(values, into, 0);
              addByChannel(squares, into, channels);
            });
    double count = (double) (until - first) * positions;
    double[] mean = new double[channels];
    double[] square = new double[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = sums[c] / count;
      square[c] = sums[channels + c] / count;
    }
    return new Statistics(mean, square);
  }

  private void addByChannel(float[] sums, double[] into, int offset) {
    for (int i = 0; i < length; i++) {
      into[offset + i % channels] += sums[i];
    }
  }

  /**
   * Returns the numbers of the channels once for each position: loops over images then are long.
   */
  private float[] everywhere(double[] ofChannels) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) ofChannels[i % channels];
    }
    return numbers;
  }

  private void normalize(Statistics of, int first, int until, NativeFloats from, NativeFloats to) {
    double[] gamma = values(GAMMA);
    double[] beta = values(BETA);
    for (int c = 0; c < channels; c++) {
      gamma[c] *= of.inverse[c];
      beta[c] -= of.mean[c] * gamma[c];
    }
    float[] scale = everywhere(gamma);
    float[] shift = everywhere(beta);
    Parallel.forChunks(
        until - first,
        imagesOfAChunk(),
        (chunk, start, end) -> {
          int count = (end - start) * length;
          float[] values = Scratch.get().images(count);
          from.read((first + start) * length, values, count);
          for (int at = 0; at < count; at += length) {
            for (int i = 0; i < length; i++) {
              values[at + i] = values[at + i] * scale[i] + shift[i];
            }
          }
          curve.applyInPlace(values, count);
          to.write((first + start) * length, values, count);
        });
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray rows = NativeFloats.rowMajor(input);
    int images = (int) rows.size(0);
    NativeFloats x = NativeFloats.of(rows);
    NativeFloats deltas = NativeFloats.of(NativeFloats.rowMajor(epsilon));
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, rows.shape(), 'c');
    NativeFloats out = NativeFloats.of(inputGradient);
    float[] gammaGradient = new float[channels];
    float[] betaGradient = new float[channels];
    int size = images / statistics.length;
    int first = images - size;
    Statistics last = statistics[statistics.length - 1];
    double[] sums = backSums(first, size, last, x, deltas);
    for (int c = 0; c < channels; c++) {
      betaGradient[c] = (float) sums[c];
      gammaGradient[c] = (float) sums[channels + c];
    }
    out.clear(0, (long) first * length);
    back(first, size, last, sums, x, deltas, out);
    Gradient gradient = new DefaultGradient();
    put(gradient, GAMMA, gammaGradient);
    put(gradient, BETA, betaGradient);
    put(gradient, MEAN, step(MEAN, statistics[0].mean));
    put(gradient, SQUARE, step(SQUARE, statistics[0].square));
    activated = null;
    return new Pair<>(gradient, inputGradient);
  }

  /** Returns by channel the sums of the gradient g before the activation, and of g x-hat. */
  private double[] backSums(
      int first, int size, Statistics of, NativeFloats x, NativeFloats deltas) {
    double[] offset = new double[channels];
    for (int c = 0; c < channels; c++) {
      offset[c] = -of.mean[c] * of.inverse[c];
    }
    float[] scale = everywhere(of.inverse);
    float[] shift = everywhere(offset);
    return sums(
        size,
        2,
        (image, count, into) -> {
          float[] g = beforeActivation((first + image) * length, count * length, deltas);
          float[] values = Scratch.get().windows(count * length);
          x.read((first + image) * length, values, count * length);
          float[] slopes = new float[length];
          float[] products = new float[length];
          for (int at = 0; at < count * length; at += length) {
            for (int i = 0; i < length; i++) {
              float slope = g[at + i];
              slopes[i] += slope;
              products[i] += slope * (values[at + i] * scale[i] + shift[i]);
            }
          }
          addByChannel(slopes, into, 0);
          addByChannel(products, into, channels);
        });
  }

  /** Writes {@code gamma / sqrt(v) (g - mean(g) - x-hat mean(g x-hat))}. */
  private void back(
      int first,
      int size,
      Statistics of,
      double[] sums,
      NativeFloats x,
      NativeFloats deltas,
      NativeFloats out) {
    double[] gamma = values(GAMMA);
    double count = (double) size * positions;
    double[] tilts = new double[channels];
    double[] offsets = new double[channels];
    for (int c = 0; c < channels; c++) {
      gamma[c] *= of.inverse[c];
      tilts[c] = -gamma[c] * of.inverse[c] * sums[channels + c] / count;
      offsets[c] = -tilts[c] * of.mean[c] - gamma[c] * sums[c] / count;
    }
    float[] scale = everywhere(gamma);
    float[] slope = everywhere(tilts);
    float[] shift = everywhere(offsets);
    Parallel.forChunks(
        size,
        imagesOfAChunk(),
        (chunk, start, end) -> {
          int offset = (first + start) * length;
          int numbers = (end - start) * length;
          float[] g = beforeActivation(offset, numbers, deltas);
          float[] values = Scratch.get().windows(numbers);
          x.read(offset, values, numbers);
          for (int at = 0; at < numbers; at += length) {
            for (int i = 0; i < length; i++) {
              g[at + i] = scale[i] * g[at + i] + slope[i] * values[at + i] + shift[i];
            }
          }
          out.write(offset, g, numbers);
        });
  }

  /** Returns the gradient before the activation, in this thread's buffer for images. */
  private float[] beforeActivation(int offset, int numbers, NativeFloats deltas) {
    float[] g = Scratch.get().images(numbers);
    float[] y = Scratch.get().windows(numbers);
    deltas.read(offset, g, numbers);
    NativeFloats.of(activated).read(offset, y, numbers);
    curve.backInPlace(g, y, numbers);
    return g;
  }

  private float[] step(String parameter, double[] target) {
    double[] now = values(parameter);
    float[] step = new float[channels];
    for (int c = 0; c < channels; c++) {
      step[c] = (float) (SHARE * (now[c] - target[c]));
    }
    return step;
  }

  private void put(Gradient gradient, String parameter, float[] values) {
    INDArray view = gradientViews.get(parameter);
    NativeFloats.of(view).write(0, values, channels);
    gradient.gradientForVariable().put(parameter, view);
  }

  /** What is added up of some images. */
  private interface Sum {
    void add(int image, int count, double[] into);
  }

  private double[] sums(int images, int kinds, Sum work) {
    int size = imagesOfAChunk();
    double[][] parts = new double[Parallel.chunks(images, size)][kinds * channels];
    Parallel.forChunks(
        images, size, (chunk, from, until) -> work.add(from, until - from, parts[chunk]));
    for (int p = 1; p < parts.length; p++) {
      for (int i = 0; i < parts[0].length; i++) {
        parts[0][i] += parts[p][i];
      }
    }
    return parts[0];
  }

  private int imagesOfAChunk() {
    return Math.max(1, VALUES / length);
  }

  @Override
  public boolean updaterDivideByMinibatch(String parameter) {
    return !NormalizationParameters.isAverage(parameter);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clear() {
    super.clear();
    activated = null;
  }

  /** Means of x and of x squared by channel, and {@code 1 / sqrt(v + epsilon)}. */
  private static final class Statistics {
    private final double[] mean;
    private final double[] square;
    private final double[] inverse;

    Statistics(double[] mean, double[] square) {
      this.mean = mean;
      this.square = square;
      this.inverse = new double[mean.length];
      for (int c = 0; c < mean.length; c++) {
        double variance = Math.max(0, square[c] - mean[c] * mean[c]);
        inverse[c] = 1 / Math.sqrt(variance + EPSILON);
      }
    }
  }
}
