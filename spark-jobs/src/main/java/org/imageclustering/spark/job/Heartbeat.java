package org.imageclustering.spark.job;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something at regular times on a thread of its own until it is closed. */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final CountDownLatch ended = new CountDownLatch(1);

  private Heartbeat() {}

  static Heartbeat start(Duration period, Runnable beat) {
    Heartbeat heartbeat = new Heartbeat();
    Thread thread = new Thread(() -> heartbeat.run(period, beat), "run-heartbeat");
    thread.setDaemon(true);
    thread.start();
    return heartbeat;
  }

  @Override
  public void close() {
    ended.countDown();
  }

  private void run(Duration period, Runnable beat) {
    try {
      while (!ended.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
        beatOnce(beat);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A beat that fails is not the last one: a file system may be away for a moment. */
  private static void beatOnce(Runnable beat) {
    try {
      beat.run();
    } catch (RuntimeException e) {
      LOG.warn("Cannot renew the lease of the run: {}", e.toString());
    }
  }
}
