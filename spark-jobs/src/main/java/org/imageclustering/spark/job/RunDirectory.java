package org.imageclustering.spark.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.imageclustering.UserException;
import org.imageclustering.spark.session.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run on any Hadoop file system: one writer at a time, and every result in its place only when
 * {@code run.json} says so.
 *
 * <p>Opened by {@link #open}, which decides by the run's identity whether there is anything to do;
 * ended by {@link #finish} or {@link #fail}, and closed.
 */
public final class RunDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);
  private static final Duration LOCK_LIFETIME = Duration.ofSeconds(60);

  private final Path root;
  private final Storage storage;
  private final RunRecord record;
  private final Lease lease;
  private final boolean isFresh;
  private Heartbeat heartbeat;
  private volatile String lostTo;
  private boolean isEnded;

  private RunDirectory(Path root, Storage storage, RunRecord record, Lease lease, boolean isFresh) {
    this.root = root;
    this.storage = storage;
    this.record = record;
    this.lease = lease;
    this.isFresh = isFresh;
  }

  /** What to do with a run that is there already. */
  public enum Existing {
    /** A finished one of the same identity is left alone, any other is an error. */
    KEEP,
    /** One that was interrupted is continued. */
    RESUME,
    /** It is removed first. */
    OVERWRITE
  }

  /**
   * Claims the directory for a run, or finds the run finished.
   *
   * @param kind of the run: cluster or assign
   * @return nothing if the same run is finished already: there is nothing to do
   * @throws UserException if another run, another writer or something else is there; the message
   *     names the keys that differ, the writer, or the flag that helps
   */
  static Optional<RunDirectory> open(
      String uri, String kind, Identity identity, Existing existing, Configuration hadoop) {
    Storage storage = Storage.of(new Path(uri), hadoop);
    Path root = storage.qualify(new Path(uri));
    if (isFinished(storage, root, identity, existing)) {
      return Optional.empty();
    }
    storage.makeDirectory(root);
    Path lock = lock(storage, root);
    try {
      return Optional.of(claim(storage, root, kind, identity, existing));
    } finally {
      storage.delete(lock);
    }
  }

  /**
   * Reads the record of a finished run.
   *
   * @throws UserException if there is none, or it is not finished
   */
  public static RunRecord readFinished(String uri, Configuration hadoop) {
    Path root = new Path(uri);
    RunRecord record =
        RunRecord.read(Storage.of(root, hadoop), new Path(root, "run.json"))
            .orElseThrow(
                () ->
                    new UserException(
                        "Cannot read the run '%s': found no run.json, expected the output of"
                                .formatted(uri)
                            + " cluster or assign"));
    if (!record.isFinished()) {
      throw new UserException(
          "Cannot read the run '%s': found it %s, expected it finished; continue it by --resume"
              .formatted(uri, record.text("state")));
    }
    return record;
  }

  private static boolean isFinished(
      Storage storage, Path root, Identity identity, Existing existing) {
    if (existing == Existing.OVERWRITE) {
      return false;
    }
    return RunRecord.read(storage, new Path(root, "run.json"))
        .filter(RunRecord::isFinished)
        .filter(record -> record.identity().hash().equals(identity.hash()))
        .isPresent();
  }

  private static Path lock(Storage storage, Path root) {
    Path lock = new Path(root, "_lock");
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

  private static RunDirectory claim(
      Storage storage, Path root, String kind, Identity identity, Existing existing) {
    Optional<RunRecord> found = RunRecord.read(storage, new Path(root, "run.json"));
    if (found.isEmpty()) {
      requireNothingElse(storage, root);
    }
    found.ifPresent(record -> requireNoWriter(root, record));
    boolean resumes = found.isPresent() && mayResume(root, found.get(), identity, existing);
    if (found.isPresent() && !resumes) {
      removeAll(storage, root);
    }
    RunRecord record = resumes ? found.get() : RunRecord.begin(kind, identity);
    record.put("state", "running");
    record.remove("exitCode");
    record.remove("message");
    RunDirectory run = new RunDirectory(root, storage, record, new Lease(), !resumes);
    run.save();
    run.heartbeat = Heartbeat.start(Lease.HEARTBEAT, run::beat);
    return run;
  }

  private static void requireNothingElse(Storage storage, Path root) {
    if (!storage.holdsOnly(root, "_lock")) {
      throw new UserException(
          "Cannot write the run '%s': found a directory that is not a run, expected a new or empty one"
              .formatted(root));
    }
  }

  private static void requireNoWriter(Path root, RunRecord record) {
    JsonNode claim = record.value("lease");
    if (Lease.holds(claim, Instant.now())) {
      throw busy(root, Lease.describe(claim));
    }
  }

  private static UserException busy(Path root, String writer) {
    return new UserException(
        "Cannot write the run '%s': found that %s writes it, expected no other writer"
            .formatted(root, writer));
  }

  /** Returns true to continue, false to start anew. */
  private static boolean mayResume(
      Path root, RunRecord found, Identity identity, Existing existing) {
    if (existing == Existing.OVERWRITE || found.isRefused()) {
      return false;
    }
    String difference = found.identity().difference(identity);
    if (!difference.isEmpty()) {
      throw new UserException(
          "Cannot write the run '%s': found another run there, expected the same settings or --overwrite; what differs: %s"
              .formatted(root, difference));
    }
    if (existing == Existing.RESUME) {
      return true;
    }
    throw new UserException(
        "Cannot write the run '%s': found it %s before its end, expected --resume to continue it or --overwrite to start anew"
            .formatted(root, found.text("state").equals("failed") ? "failed" : "interrupted"));
  }

  private static void removeAll(Storage storage, Path root) {
    storage.delete(new Path(root, "run.json"));
    storage.clearExcept(root, "_lock");
  }

  /** Returns the path of a part of the run. */
  public Path path(String name) {
    return new Path(root, name);
  }

  /** Returns the run's own path, with its scheme. */
  public Path root() {
    return root;
  }

  Storage storage() {
    return storage;
  }

  RunRecord record() {
    return record;
  }

  /** Writes the record; the commit point of everything that was done before. */
  synchronized void save() {
    if (lostTo != null) {
      throw busy(root, lostTo);
    }
    if (isEnded) {
      return;
    }
    record.put("lease", lease.toJson(Instant.now()));
    storage.replaceJson(path("run.json"), record.toJson());
  }

  /** Ends the run well: the stages' own copies go unless they are wanted. */
  void finish(boolean keepStages) {
    heartbeat.close();
    storage.deleteAttempts(root);
    if (!keepStages) {
      storage.delete(path("stages"));
    }
    end("finished", ExitCode.DONE, "");
  }

  /**
   * Ends the run badly. What an error of the user's leaves behind would be in the way of the run
   * that mends it, so it is removed.
   *
   * @param keepRecord whether {@code run.json} must tell the code and message, because nobody sees
   *     the process: cluster deploy mode
   */
  synchronized void fail(int exitCode, String message, boolean keepRecord) {
    heartbeat.close();
    if (lostTo != null || isEnded) {
      return;
    }
    storage.deleteAttempts(root);
    if (exitCode != ExitCode.USER || !isFresh) {
      end("failed", exitCode, message);
      return;
    }
    if (!keepRecord) {
      storage.delete(root);
      return;
    }
    storage.clearExcept(root, "run.json");
    record.put("stages", Map.of());
    end("failed", exitCode, message);
  }

  /**
   * Ends the run because the process is told to stop: what is finished stays, and {@code --resume}
   * continues. Does nothing once the run has ended.
   */
  synchronized void interrupt() {
    heartbeat.close();
    if (lostTo != null || isEnded) {
      return;
    }
    storage.deleteAtExit(path("_work"));
    isEnded = true;
    record.remove("exitCode");
    record.put("message", "interrupted; continue with --resume");
    write("interrupted");
  }

  @Override
  public void close() {
    heartbeat.close();
  }

  private synchronized void end(String state, int exitCode, String message) {
    if (isEnded) {
      return;
    }
    isEnded = true;
    record.put("exitCode", exitCode);
    record.put("message", message);
    write(state);
  }

  private void write(String state) {
    record.put("state", state);
    record.put("ended", Instant.now().toString());
    record.remove("lease");
    storage.replaceJson(path("run.json"), record.toJson());
  }

  /** Renews the lease, unless another writer took the directory in the meantime. */
  synchronized void beat() {
    JsonNode claim =
        storage
            .readJson(path("run.json"))
            .map(json -> json.path("lease"))
            .orElse(MissingNode.getInstance());
    if (!lease.owns(claim)) {
      lostTo = claim.isObject() ? Lease.describe(claim) : "another process";
      heartbeat.close();
      LOG.error("The run {} was taken over by {}", root, lostTo);
      return;
    }
    if (record.text("state").equals("running")) {
      save();
    }
  }
}
