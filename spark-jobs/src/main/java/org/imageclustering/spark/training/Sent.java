package org.imageclustering.spark.training;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What was sent to the executors, and is given back together. Codes and clusters there are lazy,
 * and made again when an executor is lost: what they are made from may go when nothing reads them
 * any more.
 */
public final class Sent implements AutoCloseable {
  private final JavaSparkContext spark;
  private final List<Broadcast<?>> values = new ArrayList<>();

  /** Nothing yet. */
  public Sent(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Returns a value as tasks read it, until it is given back. */
  public <T> Broadcast<T> send(T value) {
    Broadcast<T> broadcast = spark.broadcast(value);
    values.add(broadcast);
    return broadcast;
  }

  /** Gives everything back. */
  @Override
  public void close() {
    values.forEach(Broadcast::destroy);
    values.clear();
  }
}
