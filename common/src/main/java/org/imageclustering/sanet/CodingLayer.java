package org.imageclustering.sanet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;
import org.imageclustering.sanet.CodingOptions.Order;

/**
 * Makes one decimal map of each group of L binary maps (SA-Net, Eq. 11): {@code C = sum_j 2^(L-j)
 * B_j}, the maps of a group in ascending order of their eigenvalues (Fig. 4), so that the smallest
 * eigenvalue has the largest weight.
 */
public final class CodingLayer implements Layer {
  private static final long serialVersionUID = 1L;

  private final MapLayout layout;
  private final int bits;

  /** The input channels of each group, in order: groups x bits, -1 where a group is short. */
  private final int[] channelOf;

  /** A coding of binary maps of one shape. */
  public CodingLayer(CodingOptions options, MapShape input, MapOrigin[] inputOrigins) {
    this.bits = options.bits();
    List<List<Integer>> groups = groups(options, inputOrigins);
    this.channelOf = new int[groups.size() * bits];
    MapOrigin[] origins = new MapOrigin[groups.size()];
    for (int g = 0; g < groups.size(); g++) {
      List<Integer> group = groups.get(g);
      for (int j = 0; j < bits; j++) {
        channelOf[g * bits + j] = j < group.size() ? group.get(j) : -1;
      }
      origins[g] = inputOrigins[group.get(0)];
    }
    MapShape shape = new MapShape(input.height(), input.width(), groups.size());
    this.layout = new MapLayout(options.name(), shape, origins);
  }

  private static List<List<Integer>> groups(CodingOptions options, MapOrigin[] origins) {
    List<List<Integer>> groups = new ArrayList<>();
    TreeMap<Integer, List<Integer>> byProcedure = new TreeMap<>();
    IntStream.range(0, origins.length)
        .boxed()
        .sorted(Comparator.comparingDouble(c -> origins[c].eigenvalue()))
        .forEach(
            c -> {
              int key = options.order() == Order.GLOBAL ? 0 : origins[c].procedure();
              byProcedure.computeIfAbsent(key, p -> new ArrayList<>()).add(c);
            });
    for (List<Integer> channels : byProcedure.values()) {
      for (int from = 0; from < channels.size(); from += options.bits()) {
        groups.add(channels.subList(from, Math.min(channels.size(), from + options.bits())));
      }
    }
    return groups;
  }

  @Override
  public MapLayout layout() {
    return layout;
  }

  @Override
  public FeatureMaps apply(FeatureMaps maps) {
    FeatureMaps codes = FeatureMaps.zeros(maps.count(), layout.shape());
    int groups = layout.shape().channels();
    int channels = maps.shape().channels();
    int pixels = maps.values().length / channels;
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int group = 0; group < groups; group++) {
        codes.values()[pixel * groups + group] = code(maps.values(), pixel * channels, group);
      }
    }
    return codes;
  }

  private float code(float[] values, int offset, int group) {
    int code = 0;
    for (int j = 0; j < bits; j++) {
      int channel = channelOf[group * bits + j];
      int bit = channel >= 0 && values[offset + channel] > 0 ? 1 : 0;
      code = 2 * code + bit;
    }
    return code;
  }
}
