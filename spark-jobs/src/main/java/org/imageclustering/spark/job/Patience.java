package org.imageclustering.spark.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the claim of a process on another machine, which nobody can ask whether it lives: a
 * living one renews its claim at every heartbeat, that of a dead one expires.
 *
 * @param clock tells when a claim expires
 * @param pause lets a time pass
 */
record Patience(InstantSource clock, Consumer<Duration> pause) {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  /** The machine's clock and a thread that sleeps. */
  static Patience real() {
    return new Patience(InstantSource.system(), Patience::sleep);
  }

  /**
   * Returns as soon as the claim has expired, was given back or was renewed, and at the latest
   * after a claim's lifetime. Returns at once for a process on this machine, which can be asked.
   *
   * @param root of the run, for the log
   * @param claims the claim as it stands when asked, or a missing node
   */
  void awaitExpiry(Path root, Supplier<JsonNode> claims) {
    JsonNode first = claims.get();
    if (!Lease.isElsewhere(first) || !Lease.holds(first, clock.instant())) {
      return;
    }
    LOG.info(
        "Waiting until the claim on the run {} expires or is renewed by {}",
        root,
        Lease.describe(first));
    Instant end = clock.instant().plus(Lease.LIFETIME);
    JsonNode seen = first;
    while (seen.equals(first)
        && Lease.holds(seen, clock.instant())
        && !clock.instant().isAfter(end)) {
      pause.accept(Lease.HEARTBEAT);
      seen = claims.get();
    }
  }

  private static void sleep(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the claim on a run", e);
    }
  }
}
