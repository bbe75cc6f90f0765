package org.imageclustering.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.imageclustering.UserException;
import org.imageclustering.graph.NormalizedAffinity;
import org.junit.jupiter.api.Test;

final class ChebyshevSubspaceTest extends EigenSolverContract {
  @Override
  EigenSolver solver() {
    return new ChebyshevSubspace();
  }

  @Test
  void givingUpNamesTheResiduals() {
    ChebyshevOptions hasty = new ChebyshevOptions(1e-6, 0.5, 4, 2);
    SymmetricOperator matrix = new NormalizedAffinity(Graphs.random(2000, SEED));
    assertThatThrownBy(() -> new ChebyshevSubspace(hasty).largest(matrix, 10, 0))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "Cannot compute 10 eigenvectors of 2000 nodes: found residuals up to [0-9.e-]+ after"
                + " 2 rounds and \\d+ products, expected at most 1\\.\\de-06");
  }

  @Test
  void smallToleranceIsReached() {
    ChebyshevOptions strict = new ChebyshevOptions(3e-6, 0.5, 40, 200);
    SymmetricOperator matrix = new NormalizedAffinity(Graphs.random(5000, SEED));
    EigenPairs pairs = new ChebyshevSubspace(strict).largest(matrix, 30, 0);
    for (double residual : pairs.residuals()) {
      assertThat(residual).as("seed %d", SEED).isLessThan(4e-6);
    }
  }

  @Test
  void optionsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new ChebyshevOptions(1e-9, 0.5, 40, 200))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use the eigensolver's option tolerance: found 1.0E-9, expected 1e-6 to 1");
  }
}
