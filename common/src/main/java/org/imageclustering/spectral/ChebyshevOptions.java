package org.imageclustering.spectral;

/**
 * Options of {@link ChebyshevSubspace}.
 *
 * @param tolerance largest residual {@code ||A v - lambda v||} relative to the matrix's norm, in
 *     [1e-6, 1)
 * @param guardShare vectors of the block beyond the wanted ones, as a share of these, in (0, 10];
 *     at least 16 are taken
 * @param maxDegree highest degree of a filter, at least 2
 * @param rounds of filter and rotation before the solver gives up, at least 1
 */
public record ChebyshevOptions(double tolerance, double guardShare, int maxDegree, int rounds) {
  private static final int LEAST_GUARDS = 16;
  private static final int COLUMNS_AT_A_TIME = Subspace.COLUMNS_AT_A_TIME;

  /** Below this the rotation costs more than the filter. */
  private static final int LEAST_DEGREE = 8;

  /** Least share of the spectrum that a filter damps: a shorter interval makes it overflow. */
  private static final double LEAST_INTERVAL = 0.02;

  /** Share of the spectrum's width, from its upper end, that the first filter lets through. */
  private static final double FIRST_SHARE = 0.1;

  /** Largest value of the first filter: random vectors must stay independent in floats. */
  private static final double FIRST_RANGE = 100;

  /** Largest quotient of a filter's values within the wanted part: the floats have 7 digits. */
  private static final double DYNAMIC_RANGE = 1e4;

  /** Checks the ranges. */
  public ChebyshevOptions {
    require(tolerance >= 1e-6 && tolerance < 1, "tolerance", tolerance, "1e-6 to 1");
    require(guardShare > 0 && guardShare <= 10, "guardShare", guardShare, "above 0, at most 10");
    require(maxDegree >= 2, "maxDegree", maxDegree, "at least 2");
    require(rounds >= 1, "rounds", rounds, "at least 1");
  }

  private static void require(boolean holds, String name, double found, String expected) {
    if (!holds) {
      throw new org.imageclustering.UserException(
          "Cannot use the eigensolver's option "
              + name
              + ": found "
              + found
              + ", expected "
              + expected);
    }
  }

  /** Returns tolerance 1e-4, half as many guards as wanted vectors, degree 40, 200 rounds. */
  public static ChebyshevOptions defaults() {
    return new ChebyshevOptions(1e-4, 0.5, 40, 200);
  }

  /** Returns the columns of the block: the wanted ones and the guards, by eights. */
  int blockWidth(int count) {
    long guards = Math.max(LEAST_GUARDS, Math.round(guardShare * count));
    long eights = (count + guards + COLUMNS_AT_A_TIME / 2) / COLUMNS_AT_A_TIME;
    return (int) Math.min(Integer.MAX_VALUE, eights * COLUMNS_AT_A_TIME);
  }

  /** Returns the filter for a block that has random vectors among its columns. */
  ChebyshevFilter firstFilter(SpectrumBounds bounds) {
    double cut = bounds.high() - FIRST_SHARE * (bounds.high() - bounds.low());
    double rate = ChebyshevFilter.rate(bounds.low(), cut, bounds.high());
    return new ChebyshevFilter(bounds.low(), cut, degree(Math.log(2 * FIRST_RANGE) / rate));
  }

  /**
   * Returns the next filter: it cuts at the smallest Ritz value of the block, and its degree is
   * what the residuals still need, as far as single precision allows.
   *
   * @param worst the largest residual in units of the tolerance
   */
  ChebyshevFilter nextFilter(SpectrumBounds bounds, double[] ritz, int count, double worst) {
    double smallest = ritz[Math.min(count, ritz.length) - 1];
    double margin = 1e-3 * (bounds.high() - bounds.low());
    double lowest = bounds.low() + LEAST_INTERVAL * (bounds.high() - bounds.low());
    double cut = Math.max(lowest, Math.min(ritz[ritz.length - 1], smallest - margin));
    double rate = ChebyshevFilter.rate(bounds.low(), cut, smallest);
    double spread = ChebyshevFilter.rate(bounds.low(), cut, ritz[0]) - rate;
    double needed = Math.log(4 * Math.max(1, worst)) / Math.max(rate, 1e-9);
    double allowed = Math.log(DYNAMIC_RANGE) / Math.max(spread, 1e-9);
    return new ChebyshevFilter(
        bounds.low(), cut, degree(Math.min(Math.max(needed, LEAST_DEGREE), allowed)));
  }

  private int degree(double wanted) {
    return (int) Math.min(maxDegree, Math.max(2, Math.ceil(wanted)));
  }
}
