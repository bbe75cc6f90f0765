package org.imageclustering.refine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which classifiers stand for one cluster (Algorithm 2, line 13). A group is positive where any of
 * its classifiers is; the two groups that agree most are merged, again and again.
 */
public final class ClassifierGroups {
  private final List<List<Integer>> members = new ArrayList<>();
  private final List<BitSet> positives = new ArrayList<>();
  private final List<Double> agreements = new ArrayList<>();

  private ClassifierGroups(BitSet[] sets) {
    for (int c = 0; c < sets.length; c++) {
      members.add(new ArrayList<>(List.of(c)));
      positives.add((BitSet) sets[c].clone());
    }
  }

  /**
   * Merges classifiers until so many groups are left, or, where the number is {@link
   * SvmOptions#AUTO}, while two groups agree by the threshold or more. Of pairs that agree equally,
   * the first goes first.
   *
   * @param sets the rows that each classifier calls positive; not modified
   * @param rows the number of all rows
   */
  public static ClassifierGroups merge(BitSet[] sets, int rows, SvmOptions options) {
    ClassifierGroups groups = new ClassifierGroups(sets);
    while (groups.members.size() > Math.max(1, options.clusters())) {
      int[] pair = groups.mostAgreeing(rows, options.agreement());
      double agreement =
          options
              .agreement()
              .of(groups.positives.get(pair[0]), groups.positives.get(pair[1]), rows);
      if (options.clusters() == SvmOptions.AUTO && agreement < options.threshold()) {
        break;
      }
      groups.join(pair[0], pair[1], agreement);
    }
    return groups;
  }

  private int[] mostAgreeing(int rows, Agreement rule) {
    int[] best = {0, 1};
    double most = -1;
    for (int a = 0; a < positives.size(); a++) {
      for (int b = a + 1; b < positives.size(); b++) {
        double agreement = rule.of(positives.get(a), positives.get(b), rows);
        if (agreement > most) {
          most = agreement;
          best = new int[] {a, b};
        }
      }
    }
    return best;
  }

  private void join(int into, int from, double agreement) {
    members.get(into).addAll(members.remove(from));
    positives.get(into).or(positives.remove(from));
    agreements.add(agreement);
  }

  /** Returns each classifier's group; groups are numbered by their first classifier. */
  public int[] ofClassifiers() {
    int[] group = new int[members.stream().mapToInt(List::size).sum()];
    for (int g = 0; g < members.size(); g++) {
      for (int classifier : members.get(g)) {
        group[classifier] = g;
      }
    }
    return group;
  }

  /** Returns the number of groups. */
  public int count() {
    return members.size();
  }

  /** Returns the agreement of the two groups of each merge, in their order. */
  public double[] agreements() {
    return agreements.stream().mapToDouble(agreement -> agreement).toArray();
  }
}
