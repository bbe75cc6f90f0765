package org.imageclustering.spark.adaptive;

import java.util.Arrays;
import java.util.Objects;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The clustering loss between the images of a batch (AE + DAC, Eqs. 2 to 5 and 8, the minus sign
 * mended): the mean over the selected pairs of {@code -r log s - (1 - r) log(1 - s)}.
 *
 * <p>A row of the network's output holds an image twice: K values of the image as it is, by which
 * pairs are labelled, then K of the image as it is trained on, shifted perhaps, through which the
 * gradient flows. Both go through a softmax and are divided by their length; s is the dot product
 * of two trained ones. A pair is positive (r = 1) where the similarity of the images as they are is
 * at least {@code upper}, negative (r = 0) where it is at most {@code lower}, and otherwise not
 * selected. Where the labels hold clusters, these decide instead, or both must say the same.
 *
 * <p>Reached: quadratic in the batch, linear in K.
 */
public final class PairLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  /** Keeps logarithms finite. */
  private static final double LEAST = 1e-6;

  private double upper;
  private double lower;
  private double weight;
  private boolean negatives;
  private boolean agreeing;

  /** For DL4J's persistence. */
  public PairLoss() {}

  /**
   * A loss.
   *
   * @param upper u, in (0, 1]
   * @param lower l, at most u
   * @param weight beta, times the mean; 0: the loss is 0, whatever the output
   * @param negatives whether pairs below {@code lower} are trained as different; false is Eq. 4
   *     taken literally
   * @param agreeing whether a pair whose clusters are given is selected only where similarity and
   *     clusters say the same of it; false: the clusters decide
   */
  public PairLoss(double upper, double lower, double weight, boolean negatives, boolean agreeing) {
    this.upper = upper;
    this.lower = lower;
    this.weight = weight;
    this.negatives = negatives;
    this.agreeing = agreeing;
  }

  /** What a batch's pairs come to. */
  static final class Sums {
    long positives;
    long negatives;
    long pairs;
    double loss;

    /** Returns the mean over the selected pairs, 0 where none is. */
    double mean() {
      long selected = positives + negatives;
      return selected == 0 ? 0 : loss / selected;
    }
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
    double mean = weight * evaluate(labels, output, null).mean();
    return average ? mean : mean * output.size(0);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray output, IActivation activation, INDArray mask) {
    double mean = weight * evaluate(labels, output, null).mean();
    return Nd4j.valueArrayOf(new long[] {output.size(0), 1}, mean, output.dataType());
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray output, IActivation activation, INDArray mask) {
    float[] gradient = new float[(int) output.length()];
    evaluate(labels, output, gradient);
    return Nd4j.create(gradient, output.shape(), 'c').castTo(output.dataType());
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, output, activation, mask, average),
        computeGradient(labels, output, activation, mask));
  }

  /**
   * Adds up the pairs, and writes the gradient of {@code weight * rows * mean} where one is wanted.
   */
  private Sums evaluate(INDArray labels, INDArray output, float[] gradient) {
    if (weight == 0) {
      return new Sums();
    }
    int rows = (int) output.size(0);
    int k = (int) output.size(1) / 2;
    float[] values = output.dup('c').data().asFloat();
    double[][] known = new double[rows][];
    double[][] probabilities = new double[rows][];
    double[][] units = new double[rows][];
    for (int i = 0; i < rows; i++) {
      known[i] = Softmax.unit(Softmax.of(values, 2 * i * k, k));
      probabilities[i] = Softmax.of(values, (2 * i + 1) * k, k);
      units[i] = Softmax.unit(probabilities[i]);
    }
    int[] clusters = labels.reshape(labels.length()).toIntVector();
    double[][] unitGradient = gradient == null ? null : new double[rows][k];
    Sums sums = sum(clusters, known, units, unitGradient);
    if (gradient != null && sums.positives + sums.negatives > 0) {
      double factor = weight * rows / (sums.positives + sums.negatives);
      for (int i = 0; i < rows; i++) {
        back(unitGradient[i], probabilities[i], units[i], factor, gradient, (2 * i + 1) * k);
      }
    }
    return sums;
  }

  private Sums sum(int[] clusters, double[][] known, double[][] units, double[][] gradient) {
    Sums sums = new Sums();
    for (int i = 0; i < units.length; i++) {
      for (int j = i + 1; j < units.length; j++) {
        int label = label(clusters, i, j, known);
        sums.pairs++;
        if (label >= 0) {
          add(
              label,
              units[i],
              units[j],
              sums,
              gradient == null ? null : gradient[i],
              gradient == null ? null : gradient[j]);
        }
      }
    }
    return sums;
  }

  /** Returns 1, 0, or -1 for a pair that is not selected. */
  private int label(int[] clusters, int i, int j, double[][] known) {
    if (clusters[i] < 0 || clusters[j] < 0) {
      return label(Softmax.dot(known[i], known[j]));
    }
    int given = clusters[i] == clusters[j] ? 1 : 0;
    return !agreeing || label(Softmax.dot(known[i], known[j])) == given ? given : -1;
  }

  private int label(double similarity) {
    if (similarity >= upper) {
      return 1;
    }
    return negatives && similarity <= lower ? 0 : -1;
  }

  private static void add(
      int label, double[] a, double[] b, Sums sums, double[] aGradient, double[] bGradient) {
    double s = Math.min(1 - LEAST, Math.max(LEAST, Softmax.dot(a, b)));
    if (label == 1) {
      sums.positives++;
      sums.loss -= StrictMath.log(s);
    } else {
      sums.negatives++;
      sums.loss -= StrictMath.log(1 - s);
    }
    if (aGradient == null) {
      return;
    }
    double slope = label == 1 ? -1 / s : 1 / (1 - s);
    for (int c = 0; c < a.length; c++) {
      aGradient[c] += slope * b[c];
      bGradient[c] += slope * a[c];
    }
  }

  /** Writes the gradient of the values before the softmax, given that of the unit vector. */
  private static void back(
      double[] unitGradient,
      double[] probabilities,
      double[] unit,
      double factor,
      float[] to,
      int offset) {
    double length = 0;
    for (double p : probabilities) {
      length += p * p;
    }
    length = Math.sqrt(length);
    double along = Softmax.dot(unitGradient, unit);
    double[] g = new double[unit.length];
    double mean = 0;
    for (int c = 0; c < g.length; c++) {
      g[c] = (unitGradient[c] - along * unit[c]) / length;
      mean += g[c] * probabilities[c];
    }
    for (int c = 0; c < g.length; c++) {
      to[offset + c] = (float) (factor * probabilities[c] * (g[c] - mean));
    }
  }

  /**
   * Adds up pairs of images as they are: what the report says of an epoch.
   *
   * @param probabilities a softmax an image
   */
  Sums of(double[][] probabilities) {
    double[][] units = Arrays.stream(probabilities).map(Softmax::unit).toArray(double[][]::new);
    int[] none = new int[units.length];
    Arrays.fill(none, -1);
    return sum(none, units, units, null);
  }

  @Override
  public String name() {
    return "PairLoss";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PairLoss that
        && upper == that.upper
        && lower == that.lower
        && weight == that.weight
        && negatives == that.negatives
        && agreeing == that.agreeing;
  }

  @Override
  public int hashCode() {
    return Objects.hash(upper, lower, weight, negatives, agreeing);
  }

  /** Returns u. */
  public double getUpper() {
    return upper;
  }

  /** For DL4J's persistence. */
  public void setUpper(double value) {
    upper = value;
  }

  /** Returns l. */
  public double getLower() {
    return lower;
  }

  /** For DL4J's persistence. */
  public void setLower(double value) {
    lower = value;
  }

  /** Returns beta. */
  public double getWeight() {
    return weight;
  }

  /** For DL4J's persistence. */
  public void setWeight(double value) {
    weight = value;
  }

  /** Tells whether pairs of different images are trained. */
  public boolean isNegatives() {
    return negatives;
  }

  /** For DL4J's persistence. */
  public void setNegatives(boolean value) {
    negatives = value;
  }

  /** Tells whether similarity and given clusters must say the same of a pair. */
  public boolean isAgreeing() {
    return agreeing;
  }

  /** For DL4J's persistence. */
  public void setAgreeing(boolean value) {
    agreeing = value;
  }
}
