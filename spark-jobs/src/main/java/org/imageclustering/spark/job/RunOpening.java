package org.imageclustering.spark.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.imageclustering.UserException;
import org.imageclustering.spark.job.RunDirectory.Existing;
import org.imageclustering.spark.session.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by what is in a directory whether a run may have it, and takes it: under a lock, which is
 * held for this moment alone.
 *
 * @param root the directory, with its scheme
 * @param identity of the run that asks
 * @param existing what is to become of a run that is there
 */
record RunOpening(Storage storage, Path root, Identity identity, Existing existing) {
  /** The lock's file in the directory. */
  static final String LOCK = "_lock";

  private static final Logger LOG = LoggerFactory.getLogger(RunOpening.class);
  private static final Duration LOCK_LIFETIME = Duration.ofSeconds(60);

  /**
   * Claims the directory for a run, or finds the run finished.
   *
   * @param patience with the claim of a process that may be dead, where the run is to be continued
   * @throws UserException if another run, another writer or something else is there
   */
  Optional<RunDirectory> open(String kind, Patience patience) {
    if (existing == Existing.RESUME && !isFinished()) {
      patience.awaitExpiry(root, this::claim);
    }
    if (isFinished()) {
      return Optional.empty();
    }
    storage.makeDirectory(root);
    Path lock = lock();
    try {
      return Optional.of(taken(kind, patience.clock().instant()));
    } finally {
      storage.delete(lock);
    }
  }

  private Optional<RunRecord> found() {
    return RunRecord.read(storage, new Path(root, RunDirectory.RECORD));
  }

  private JsonNode claim() {
    return found().map(record -> record.value("lease")).orElse(MissingNode.getInstance());
  }

  private boolean isFinished() {
    return existing != Existing.OVERWRITE
        && found()
            .filter(RunRecord::isFinished)
            .filter(record -> record.identity().hash().equals(identity.hash()))
            .isPresent();
  }

  private Path lock() {
    Path lock = new Path(root, LOCK);
    if (!storage.createExclusively(lock)) {
      long age = System.currentTimeMillis() - storage.modificationMillis(lock);
      if (age < LOCK_LIFETIME.toMillis()) {
        throw busy(root, "another process that starts at this moment");
      }
      LOG.warn("Removing the lock {} that a process left behind", lock);
      storage.delete(lock);
      if (!storage.createExclusively(lock)) {
        throw busy(root, "another process that starts at this moment");
      }
    }
    return lock;
  }

  private RunDirectory taken(String kind, Instant now) {
    RunRecord begun = RunRecord.begin(kind, identity);
    Optional<RunRecord> found = found();
    if (found.isEmpty()) {
      requireNothingElse();
      return RunDirectory.fresh(root, storage, begun);
    }
    RunRecord standing = found.get();
    requireNoWriter(standing, now);
    if (standing.isRefused() || standing.isReplacing()) {
      removeAll();
      return RunDirectory.fresh(root, storage, begun);
    }
    if (existing == Existing.OVERWRITE) {
      return RunDirectory.inPlaceOf(standing, root, storage, begun);
    }
    requireContinuation(standing);
    return RunDirectory.continued(root, storage, standing);
  }

  private void requireNothingElse() {
    if (!storage.holdsOnly(root, LOCK)) {
      throw new UserException(
          "Cannot write the run '%s': found a directory that is not a run, expected a new or empty one"
              .formatted(root));
    }
  }

  private void requireNoWriter(RunRecord standing, Instant now) {
    JsonNode claim = standing.value("lease");
    if (Lease.holds(claim, now)) {
      throw busy(root, Lease.describe(claim));
    }
  }

  private void requireContinuation(RunRecord standing) {
    String difference = standing.identity().difference(identity);
    if (!difference.isEmpty()) {
      throw new UserException(
          "Cannot write the run '%s': found another run there, expected the same settings or --overwrite; what differs: %s"
              .formatted(root, difference));
    }
    if (existing != Existing.RESUME) {
      throw new UserException(
          "Cannot write the run '%s': found it %s before its end, expected --resume to continue it or --overwrite to start anew"
              .formatted(root, standing.text("state").equals("failed") ? "failed" : "interrupted"));
    }
  }

  /** The record goes last, by being replaced: without it the rest is no run. */
  private void removeAll() {
    storage.clearExcept(root, Set.of(LOCK, RunDirectory.RECORD));
  }

  /** Returns the error of a second writer. */
  static UserException busy(Path root, String writer) {
    return new UserException(
        "Cannot write the run '%s': found that %s writes it, expected no other writer"
            .formatted(root, writer));
  }
}
