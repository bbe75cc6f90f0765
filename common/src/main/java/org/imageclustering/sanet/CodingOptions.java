package org.imageclustering.sanet;

/**
 * A coding layer (SA-Net, Eq. 11).
 *
 * @param name its key in the configuration
 * @param bits L, the number of binary maps that make one decimal map, 1 to 24
 * @param order how maps are ordered before they are grouped
 */
public record CodingOptions(String name, int bits, Order order) implements LayerOptions {
  /** The order in which binary maps are cut into groups. */
  public enum Order {
    /** Within each procedure by ascending eigenvalue; a short last group is padded with zeros. */
    PROCEDURE,
    /** Over all procedures by ascending eigenvalue. */
    GLOBAL
  }

  /** Checks the ranges. */
  public CodingOptions {
    Ranges.between(name, "bits", bits, 1, 24);
  }
}
