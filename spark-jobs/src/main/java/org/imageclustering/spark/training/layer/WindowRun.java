package org.imageclustering.spark.training.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.patch.WindowGrid;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link WindowLayer} at work. A batch of b images is cut into groups whose windows fit the
 * cache; groups run side by side, one single-threaded matrix product each, and their parts of W's
 * gradient are added in the groups' order. Where windows are the image itself (dense layers),
 * nothing is copied and the product is cut by columns instead.
 */
abstract class WindowRun extends BaseLayer<WindowLayer> {
  private static final long serialVersionUID = 1L;

  /** Numbers of one group's windows. */
  private static final int GROUP = 1 << 18;

  /** Rows of a group of the passes over single numbers. */
  private static final int VALUES = 1 << 16;

  final transient WindowGrid windows;
  private final transient Curve curve;
  private transient INDArray activated;

  WindowRun(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
    this.windows = layerConf().windows();
    this.curve = Curve.of(layerConf().getActivationFn());
  }

  /**
   * Writes what the layer makes of the input, without bias and activation.
   *
   * @param steady whether each image's windows shall be a product of their own, so that its bits do
   *     not depend on the others of the batch; in dense layers they do all the same
   */
  abstract void forward(
      int images, boolean steady, NativeFloats input, NativeFloats weights, NativeFloats output);

  /**
   * Writes the gradient of W, and of the input where one is wanted.
   *
   * @param gradient of what {@link #forward} wrote
   * @param inputGradient null where it is not wanted
   */
  abstract void backward(
      int images,
      NativeFloats input,
      NativeFloats gradient,
      NativeFloats weights,
      NativeFloats weightGradient,
      NativeFloats inputGradient);

  /** Returns the gradient's numbers where they are few and the layer can use that, else null. */
  NonZeros few(NativeFloats gradient, int images) {
    return null;
  }

  /** The same for the numbers that {@link #few} has given. */
  void backward(NonZeros gradient, Pass pass) {
    throw new IllegalStateException("This layer takes whole gradients alone");
  }

  /**
   * The arrays of a pass backwards.
   *
   * @param inputGradient null where it is not wanted
   */
  record Pass(
      int images,
      NativeFloats input,
      NativeFloats weights,
      NativeFloats weightGradient,
      NativeFloats inputGradient) {}

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray rows = NativeFloats.rowMajor(input);
    int images = (int) rows.size(0);
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {images, layerConf().getNOut()}, 'c');
    NativeFloats values = NativeFloats.of(output);
    forward(images, !training, NativeFloats.of(rows), floats(WindowParameters.WEIGHTS), values);
    addBiasAndActivate(values, (int) output.length());
    activated = output;
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray rows = NativeFloats.rowMajor(input);
    INDArray learned = lastPart(rows);
    INDArray inputGradient = null;
    if (layerConf().isInputGradient()) {
      inputGradient =
          workspaces.createUninitialized(
              ArrayType.ACTIVATION_GRAD, DataType.FLOAT, rows.shape(), 'c');
      NativeFloats.of(inputGradient).clear(0, rows.length() - learned.length());
    }
    activated = lastPart(activated);
    backward(
        new Pass(
            (int) learned.size(0),
            NativeFloats.of(learned),
            floats(WindowParameters.WEIGHTS),
            NativeFloats.of(gradientViews.get(WindowParameters.WEIGHTS)),
            inputGradient == null ? null : NativeFloats.of(lastPart(inputGradient))),
        lastPart(NativeFloats.rowMajor(epsilon)),
        workspaces);
    Gradient gradient = new DefaultGradient();
    gradient
        .gradientForVariable()
        .put(WindowParameters.WEIGHTS, gradientViews.get(WindowParameters.WEIGHTS));
    gradient
        .gradientForVariable()
        .put(WindowParameters.BIASES, gradientViews.get(WindowParameters.BIASES));
    activated = null;
    return new Pair<>(gradient, inputGradient);
  }

  /** Returns the rows that have a gradient, where they lie. */
  private INDArray lastPart(INDArray rows) {
    int parts = layerConf().getParts();
    long first = rows.size(0) - rows.size(0) / parts;
    return first == 0 ? rows : rows.get(interval(first, rows.size(0)), all());
  }

  private void backward(Pass pass, INDArray epsilon, LayerWorkspaceMgr workspaces) {
    NativeFloats arriving = NativeFloats.of(epsilon);
    NonZeros few = few(arriving, pass.images());
    if (few != null) {
      few.backInPlace(curve, NativeFloats.of(activated), (int) layerConf().getNOut());
      int channels = layerConf().output().channels();
      NativeFloats.of(gradientViews.get(WindowParameters.BIASES))
          .write(0, few.sums(channels), channels);
      backward(few, pass);
      return;
    }
    NativeFloats deltas = arriving;
    if (!curve.isIdentity()) {
      INDArray delta =
          workspaces.createUninitialized(
              ArrayType.BP_WORKING_MEM, DataType.FLOAT, activated.shape(), 'c');
      deltas = NativeFloats.of(delta);
    }
    deactivate(arriving, deltas, (int) activated.length());
    backward(
        pass.images(),
        pass.input(),
        deltas,
        pass.weights(),
        pass.weightGradient(),
        pass.inputGradient());
  }

  private NativeFloats floats(String parameter) {
    return NativeFloats.of(params.get(parameter));
  }

  private void addBiasAndActivate(NativeFloats values, int length) {
    int channels = layerConf().output().channels();
    float[] bias = new float[channels];
    floats(WindowParameters.BIASES).read(0, bias, channels);
    Parallel.forChunks(
        length,
        chunk(channels),
        (chunk, from, until) -> {
          float[] part = Scratch.get().images(until - from);
          values.read(from, part, until - from);
          for (int row = 0; row < until - from; row += channels) {
            for (int c = 0; c < channels; c++) {
              part[row + c] += bias[c];
            }
          }
          curve.applyInPlace(part, until - from);
          values.write(from, part, until - from);
        });
  }

  /** Writes the gradient before the activation, if there is one, and that of the biases. */
  private void deactivate(NativeFloats epsilon, NativeFloats deltas, int length) {
    int channels = layerConf().output().channels();
    int size = chunk(channels);
    NativeFloats y = NativeFloats.of(activated);
    float[][] biases = new float[Parallel.chunks(length, size)][channels];
    Parallel.forChunks(
        length,
        size,
        (chunk, from, until) -> {
          float[] part = Scratch.get().images(until - from);
          epsilon.read(from, part, until - from);
          if (!curve.isIdentity()) {
            float[] values = Scratch.get().windows(until - from);
            y.read(from, values, until - from);
            curve.backInPlace(part, values, until - from);
            deltas.write(from, part, until - from);
          }
          for (int row = 0; row < until - from; row += channels) {
            for (int c = 0; c < channels; c++) {
              biases[chunk][c] += part[row + c];
            }
          }
        });
    NativeFloats.of(gradientViews.get(WindowParameters.BIASES)).write(0, sum(biases), channels);
  }

  /** Returns the sum of arrays in their order. */
  static float[] sum(float[][] parts) {
    float[] total = parts[0].clone();
    for (int p = 1; p < parts.length; p++) {
      for (int i = 0; i < total.length; i++) {
        total[i] += parts[p][i];
      }
    }
    return total;
  }

  private static int chunk(int channels) {
    return Math.max(1, VALUES / channels) * channels;
  }

  /** Returns the number of images whose windows go through one product. */
  int group(int images) {
    int fitting = GROUP / Math.max(1, windows.positions() * windows.length());
    return Math.max(1, Math.min(fitting, (images + 3) / 4));
  }

  /** Returns the images of a part where a batch is cut into eight, whatever the machine. */
  static int share(int images) {
    return (images + 7) / 8;
  }

  /** Returns the windows of some images as rows, in a buffer of this thread outside the heap. */
  final FloatPointer unfolded(NativeFloats from, int first, int until) {
    Scratch scratch = Scratch.get();
    int pixels = windows.image().length();
    int values = windows.positions() * windows.length();
    int count = until - first;
    float[] images = scratch.images(count * pixels);
    from.read(first * pixels, images, count * pixels);
    float[] rows = scratch.windows(count * values);
    for (int i = 0; i < count; i++) {
      windows.unfold(images, i * pixels, rows, i * values);
    }
    FloatPointer outside = scratch.outside((long) count * values);
    outside.put(rows, 0, count * values);
    return outside;
  }

  /** Adds rows of windows up to the images that they belong to. */
  final void fold(FloatPointer windowRows, int first, int until, NativeFloats to) {
    Scratch scratch = Scratch.get();
    int pixels = windows.image().length();
    int values = windows.positions() * windows.length();
    int count = until - first;
    float[] rows = scratch.windows(count * values);
    windowRows.get(rows, 0, count * values);
    float[] images = scratch.images(count * pixels);
    for (int i = 0; i < count; i++) {
      windows.fold(rows, i * values, images, i * pixels);
    }
    to.write(first * pixels, images, count * pixels);
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
}
