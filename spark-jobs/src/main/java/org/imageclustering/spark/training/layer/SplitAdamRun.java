package org.imageclustering.spark.training.layer;

import java.util.Map;
import org.imageclustering.linalg.Parallel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/** The steps of {@link SplitAdam}; every number is on its own, so no cut changes a result. */
final class SplitAdamRun implements GradientUpdater<Adam> {
  private static final String FIRST = "M";
  private static final String SECOND = "V";

  /** Numbers of one thread at a time … */
  private static final int CHUNK = 1 << 16;

  /** … and of these on the heap: gradient and moments stay in a core's first cache. */
  private static final int BLOCK = 1 << 11;

  private final Adam config;
  private INDArray first;
  private INDArray second;

  SplitAdamRun(Adam config) {
    this.config = config;
  }

  @Override
  public Adam getConfig() {
    return config;
  }

  @Override
  public void setState(Map<String, INDArray> state, boolean initialize) {
    first = state.get(FIRST);
    second = state.get(SECOND);
    if (initialize) {
      first.assign(0);
      second.assign(0);
    }
  }

  @Override
  public Map<String, INDArray> getState() {
    return Map.of(FIRST, first, SECOND, second);
  }

  @Override
  public void setStateViewArray(
      INDArray state, long[] gradientShape, char gradientOrder, boolean initialize) {
    if (initialize) {
      state.assign(0);
    }
    INDArray flat = state.reshape(state.length());
    first = flat.get(NDArrayIndex.interval(0, state.length() / 2));
    second = flat.get(NDArrayIndex.interval(state.length() / 2, state.length()));
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    double step = iteration + 1;
    double rate =
        config.getLearningRate(iteration, epoch)
            * Math.sqrt(1 - Math.pow(config.getBeta2(), step))
            / (1 - Math.pow(config.getBeta1(), step));
    NativeFloats of = NativeFloats.of(gradient);
    NativeFloats firsts = NativeFloats.of(first);
    NativeFloats seconds = NativeFloats.of(second);
    Parallel.forChunks(
        Math.toIntExact(gradient.length()),
        CHUNK,
        (chunk, from, until) -> {
          float[] g = new float[BLOCK];
          float[] m = new float[BLOCK];
          float[] v = new float[BLOCK];
          for (int at = from; at < until; at += BLOCK) {
            int length = Math.min(BLOCK, until - at);
            of.read(at, g, length);
            firsts.read(at, m, length);
            seconds.read(at, v, length);
            step(g, m, v, length, (float) rate);
            of.write(at, g, length);
            firsts.write(at, m, length);
            seconds.write(at, v, length);
          }
        });
  }

  /** Moves the moments on, and puts what is taken off the parameters in the gradient's place. */
  private void step(float[] g, float[] m, float[] v, int length, float rate) {
    float keepFirst = (float) config.getBeta1();
    float keepSecond = (float) config.getBeta2();
    float epsilon = (float) config.getEpsilon();
    for (int i = 0; i < length; i++) {
      m[i] = keepFirst * m[i] + (1 - keepFirst) * g[i];
      v[i] = keepSecond * v[i] + (1 - keepSecond) * g[i] * g[i];
      g[i] = rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
    }
  }
}
