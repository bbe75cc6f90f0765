package org.imageclustering.evaluate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * How the n (n - 1) / 2 pairs of images fall: together or apart in the clusters and in the classes.
 * Exact: counts are integers of any size, and each score divides once.
 *
 * @param bothTogether N11, pairs in one cluster and one class
 * @param sameCluster N11 + N10, pairs in one cluster
 * @param sameClass N11 + N01, pairs in one class
 * @param all n (n - 1) / 2
 */
record PairCounts(
    BigInteger bothTogether, BigInteger sameCluster, BigInteger sameClass, BigInteger all) {
  static PairCounts of(ContingencyTable table) {
    BigInteger bothTogether = BigInteger.ZERO;
    for (int i = 0; i < table.clusters().length; i++) {
      for (int j = 0; j < table.classes().size(); j++) {
        bothTogether = bothTogether.add(pairs(table.count(i, j)));
      }
    }
    return new PairCounts(
        bothTogether,
        pairs(table.clusterSizes()),
        pairs(table.classSizes()),
        pairs(table.images()));
  }

  /**
   * Returns the adjusted Rand index (Hubert and Arabie 1985), in [-0.5, 1]: (N11 - E) / ((P + Q) /
   * 2 - E), with P and Q the pairs in one cluster and in one class and E = P Q / all. Two equal
   * partitions give 1; NaN without images.
   */
  double adjustedRandIndex() {
    if (sameCluster.equals(sameClass) && sameCluster.equals(bothTogether)) {
      return 1;
    }
    BigInteger product = sameCluster.multiply(sameClass);
    BigInteger two = BigInteger.TWO;
    return ratio(
        bothTogether.multiply(all).subtract(product).multiply(two),
        sameCluster.add(sameClass).multiply(all).subtract(product.multiply(two)));
  }

  /**
   * Returns the pairwise F-score 2 N11 / (2 N11 + N10 + N01), in [0, 1]: the harmonic mean of the
   * pairs' precision and recall. NaN where neither partition has a pair.
   */
  double fscore() {
    return ratio(bothTogether.multiply(BigInteger.TWO), sameCluster.add(sameClass));
  }

  private static BigInteger pairs(long... sizes) {
    BigInteger sum = BigInteger.ZERO;
    for (long size : sizes) {
      BigInteger n = BigInteger.valueOf(size);
      sum = sum.add(n.multiply(n.subtract(BigInteger.ONE)).shiftRight(1));
    }
    return sum;
  }

  private static double ratio(BigInteger numerator, BigInteger denominator) {
    if (denominator.signum() == 0) {
      return Double.NaN;
    }
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), MathContext.DECIMAL64)
        .doubleValue();
  }
}
