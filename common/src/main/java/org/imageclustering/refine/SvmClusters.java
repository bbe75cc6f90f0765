package org.imageclustering.refine;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Refined clusters: a row goes to the group of the classifier with the largest signed distance. Its
 * confidence is that distance squashed by the logistic function, in (0, 1); below 1/2 the row lies
 * on no classifier's positive side. Immutable.
 */
public final class SvmClusters implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PrincipalComponents components;
  private final LinearClassifier[] classifiers;
  private final int[] groups;

  /**
   * Refined clusters; the arrays are not copied.
   *
   * @param classifiers of points on the components
   * @param groups the cluster that each classifier stands for
   */
  public SvmClusters(PrincipalComponents components, LinearClassifier[] classifiers, int[] groups) {
    this.components = components;
    this.classifiers = classifiers;
    this.groups = groups;
  }

  /** Returns the number of the classifier with the largest distance, the first on a tie. */
  public int nearest(float[] point) {
    int nearest = 0;
    for (int c = 1; c < classifiers.length; c++) {
      if (distance(c, point) > distance(nearest, point)) {
        nearest = c;
      }
    }
    return nearest;
  }

  /** Returns the signed distance of a point from a classifier's hyperplane. */
  public double distance(int classifier, float[] point) {
    return classifiers[classifier].distance(point, 0);
  }

  /** Returns a signed distance as a confidence, {@code 1 / (1 + exp(-distance))}. */
  public static double confidence(double distance) {
    return 1 / (1 + Math.exp(-distance));
  }

  /** Returns the cluster that a classifier stands for. */
  public int group(int classifier) {
    return groups[classifier];
  }

  /** Returns the number of clusters. */
  public int clusters() {
    return Arrays.stream(groups).max().orElseThrow() + 1;
  }

  /** Returns the map from rows to points. */
  public PrincipalComponents components() {
    return components;
  }

  /** Returns the classifiers, not a copy. */
  public LinearClassifier[] classifiers() {
    return classifiers;
  }

  /** Returns each classifier's cluster, not a copy. */
  public int[] groups() {
    return groups;
  }
}
