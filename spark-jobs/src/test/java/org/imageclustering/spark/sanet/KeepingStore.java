package org.imageclustering.spark.sanet;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.spark.session.StageStore;

/** Keeps the stages of a fit, as a run directory does, so that another fit finds them. */
final class KeepingStore implements StageStore {
  private final SortedMap<String, Dataset<Row>> stages = new TreeMap<>();
  private final SortedMap<String, Object> measures = new TreeMap<>();

  @Override
  public Dataset<Row> once(String name, String settingsHash, Supplier<Dataset<Row>> work) {
    if (!stages.containsKey(name)) {
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

  Set<String> names() {
    return stages.keySet();
  }

  Map<String, Object> measures() {
    return measures;
  }

  void keepOnly(String... names) {
    stages.keySet().retainAll(Set.of(names));
  }
}
