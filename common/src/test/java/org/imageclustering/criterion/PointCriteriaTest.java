package org.imageclustering.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.junit.jupiter.api.Test;

/** Silhouette and k-means cost against hand computation. */
final class PointCriteriaTest {
  private static final FloatMatrix LINE = new FloatMatrix(5, 1, new float[] {0, 1, 5, 6, 20});
  private static final int[] LABELS = {0, 0, 1, 1, 2};

  @Test
  void silhouetteOfALine() {
    // s = (5.5-1)/5.5, (4.5-1)/4.5, (4.5-1)/4.5, (5.5-1)/5.5, and 0 for the one that is alone.
    double expected = (2 * (4.5 / 5.5) + 2 * (3.5 / 4.5)) / 5;
    assertThat(Silhouette.of(LINE, 100, 1).of(LABELS, 3)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void silhouetteOfOneClusterIsZero() {
    assertThat(Silhouette.of(LINE, 100, 1).of(new int[5], 1)).isZero();
  }

  @Test
  void aSampleOfSilhouettesIsNearTheWhole() {
    SplittableRandom random = new SplittableRandom(4);
    float[] x = new float[3000];
    int[] labels = new int[3000];
    for (int i = 0; i < x.length; i++) {
      labels[i] = i % 3;
      x[i] = (float) (10 * labels[i] + 3 * random.nextDouble());
    }
    FloatMatrix points = new FloatMatrix(3000, 1, x);
    double whole = Silhouette.of(points, 3000, 1).of(labels, 3);
    assertThat(Silhouette.of(points, 500, 1).of(labels, 3)).isCloseTo(whole, within(0.02));
    assertThat(Silhouette.of(points, 500, 1).of(labels, 3))
        .isEqualTo(Silhouette.of(points, 500, 1).of(labels, 3));
  }

  @Test
  void costIsTheSumOfSquaresAboutTheMeans() {
    assertThat(KMeansCost.of(LINE, LABELS, 3)).isCloseTo(4 * 0.25, within(1e-9));
    assertThat(KMeansCost.of(LINE, new int[] {0, 1, 2, 3, 4}, 5)).isZero();
  }

  @Test
  void criteriaAreKnownByName() {
    assertThat(Options.named(Criterion.class, "criterion", "Map-Equation"))
        .isEqualTo(Criterion.MAP_EQUATION);
    assertThat(Criterion.MODULARITY.prefers(0.8, 0.7)).isTrue();
    assertThat(Criterion.NCUT.prefers(0.8, 0.7)).isFalse();
    assertThatThrownBy(() -> Options.named(Criterion.class, "spectral.criterion", "accuracy"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use spectral.criterion: found \"accuracy\", expected one of modularity,"
                + " map-equation, ncut, silhouette, cost");
  }
}
