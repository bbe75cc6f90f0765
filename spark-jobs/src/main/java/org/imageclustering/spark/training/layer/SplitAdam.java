package org.imageclustering.spark.training.layer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Adam (Kingma and Ba 2015, Algorithm 1) on all cores: the same steps and the same state as {@link
 * Adam}, whose native operation runs on one of them.
 */
public final class SplitAdam extends Adam {
  private static final long serialVersionUID = 1L;

  /** For DL4J's persistence. */
  public SplitAdam() {}

  /** Adam with this rate of learning, and 0.9, 0.999 and 1e-8. */
  public SplitAdam(double rate) {
    super(rate);
  }

  @Override
  public GradientUpdater<?> instantiate(INDArray state, boolean initialize) {
    SplitAdamRun run = new SplitAdamRun(this);
    run.setStateViewArray(state, new long[] {1, state.length() / 2}, state.ordering(), initialize);
    return run;
  }

  @Override
  public GradientUpdater<?> instantiate(Map<String, INDArray> state, boolean initialize) {
    SplitAdamRun run = new SplitAdamRun(this);
    run.setState(state, initialize);
    return run;
  }

  @Override
  public SplitAdam clone() {
    SplitAdam copy = new SplitAdam(getLearningRate());
    copy.setLearningRateSchedule(getLearningRateSchedule());
    copy.setBeta1(getBeta1());
    copy.setBeta2(getBeta2());
    copy.setEpsilon(getEpsilon());
    return copy;
  }
}
