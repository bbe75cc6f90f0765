package org.imageclustering.refine;

import java.util.BitSet;

/** How much two classifiers predict the same, in [0, 1]. */
public enum Agreement {
  /** {@code |A and B| / min(|A|, |B|)} of the rows that each calls positive. */
  OVERLAP {
    @Override
    double of(int both, int one, int other, int rows) {
      return (double) both / Math.min(one, other);
    }
  },
  /** {@code |A and B| / |A or B|} of the rows that each calls positive. */
  JACCARD {
    @Override
    double of(int both, int one, int other, int rows) {
      return (double) both / (one + other - both);
    }
  },
  /**
   * The share of all rows on which the predictions are the same: the paper's words. Two classifiers
   * that call a few rows positive agree on almost all, whichever they are.
   */
  LITERAL {
    @Override
    double of(int both, int one, int other, int rows) {
      return (double) (rows - one - other + 2 * both) / rows;
    }
  };

  abstract double of(int both, int one, int other, int rows);

  /**
   * Returns the agreement of two sets of positive rows. A classifier without any agrees with none,
   * but for the literal rule.
   *
   * @param rows the number of all rows
   */
  public double of(BitSet one, BitSet other, int rows) {
    BitSet both = (BitSet) one.clone();
    both.and(other);
    if (this != LITERAL && (one.isEmpty() || other.isEmpty())) {
      return 0;
    }
    return of(both.cardinality(), one.cardinality(), other.cardinality(), rows);
  }
}
