package org.imageclustering.graph;

import java.util.Locale;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spectral.EigenPairs;
import org.imageclustering.spectral.Embeddings;

/**
 * The two normalised graph Laplacians (von Luxburg 2007, Section 3.2). Both have the eigenvalues
 * {@code 1 - mu}, mu those of the {@link NormalizedAffinity}.
 */
public enum Laplacian {
  /** {@code L_sym = I - D^-1/2 W D^-1/2}. */
  SYM {
    @Override
    public FloatMatrix vectors(EigenPairs affinityPairs, double[] degrees) {
      return affinityPairs.vectors();
    }
  },

  /** {@code L_rw = I - D^-1 W}; its vectors are {@code D^-1/2} times those of L_sym. */
  RW {
    @Override
    public FloatMatrix vectors(EigenPairs affinityPairs, double[] degrees) {
      return Embeddings.randomWalk(affinityPairs.vectors(), degrees);
    }
  };

  /**
   * Returns this Laplacian's eigenvectors, n x m, smallest eigenvalue first.
   *
   * @param affinityPairs the largest eigenpairs of the graph's normalised affinity; not modified
   * @param degrees the n sums of the affinity's rows; not modified
   */
  public abstract FloatMatrix vectors(EigenPairs affinityPairs, double[] degrees);

  /** Returns the name as it stands in configuration files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
