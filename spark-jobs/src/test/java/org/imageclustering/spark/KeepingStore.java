package org.imageclustering.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.spark.session.StageStore;

/** Keeps the stages of a fit, as a run directory does, so that another fit finds them. */
public final class KeepingStore implements StageStore {
  private final SortedMap<String, Dataset<Row>> stages = new TreeMap<>();
  private final List<String> computed = new ArrayList<>();
  private final SortedMap<String, Object> measures = new TreeMap<>();

  @Override
  public Dataset<Row> once(String name, String settingsHash, Supplier<Dataset<Row>> work) {
    if (!stages.containsKey(name)) {
      computed.add(name);
      stages.put(name, work.get().localCheckpoint());
    }
    return stages.get(name);
  }

  @Override
  public <T> T step(String name, Supplier<T> work) {
    return work.get();
  }

  @Override
  public void measure(String stage, String key, Object value) {
    measures.put(key, value);
  }

  /** Returns the names of the stages. */
  public Set<String> names() {
    return stages.keySet();
  }

  /** Returns the names of the stages that were computed, in their order; may be cleared. */
  public List<String> computed() {
    return computed;
  }

  /** Returns what was recorded, by key. */
  public Map<String, Object> measures() {
    return measures;
  }

  /** Returns a store of the same stages. */
  public KeepingStore copy() {
    KeepingStore copy = new KeepingStore();
    copy.stages.putAll(stages);
    return copy;
  }

  /** Forgets these stages. */
  public void forget(String... names) {
    stages.keySet().removeAll(Set.of(names));
  }

  /** Forgets the other stages. */
  public void keepOnly(String... names) {
    stages.keySet().retainAll(Set.of(names));
  }
}
