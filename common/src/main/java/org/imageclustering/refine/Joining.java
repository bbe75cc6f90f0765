package org.imageclustering.refine;

/** What tells which classifiers are joined down to a number of clusters that is given. */
public enum Joining {
  /** The links between neighbours: two groups whose union adds most to the modularity. */
  NEIGHBOURS,
  /** The agreement of the classifiers on positive rows (Algorithm 2, line 13). */
  AGREEMENT;
}
