package org.imageclustering.spark.session;

import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store of an estimator that is used by itself: keeps nothing, and logs what it is told. */
public final class InMemoryStageStore implements StageStore {
  private static final Logger LOG = LoggerFactory.getLogger(InMemoryStageStore.class);

  @Override
  public Dataset<Row> once(String name, String settingsHash, Supplier<Dataset<Row>> work) {
    return step(name, work);
  }

  @Override
  public <T> T step(String name, Supplier<T> work) {
    long start = System.nanoTime();
    LOG.info("{} starts", name);
    T result = work.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    LOG.info("{} ends after {} s", name, String.format(Locale.ROOT, "%.1f", seconds));
    return result;
  }

  @Override
  public void measure(String stage, String key, Object value) {
    LOG.info("{}: {} = {}", stage, key, value);
  }
}
