package org.imageclustering.spark.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * where it replaces another run, that one stands until {@link #takePlace}; ended by {@link #finish}
 * or {@link #fail}, and closed.
 */
public final class RunDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);

  /** The run's record in its directory. */
  static final String RECORD = "run.json";

  private static final String ATTEMPTS = "_work";
  private static final String DATASET = "dataset";

  private final Path root;
  private final Storage storage;
  private final RunRecord record;
  private final Lease lease = new Lease();
  private final boolean isFresh;

  /** The record of the run that this one is to replace, null once it has. */
  private volatile RunRecord standing;

  private Heartbeat heartbeat;
  private volatile String lostTo;
  private boolean isEnded;

  private RunDirectory(Path root, Storage storage, RunRecord record, boolean isFresh) {
    this.root = root;
    this.storage = storage;
    this.record = record;
    this.isFresh = isFresh;
  }

  /** Begins a run in a directory that holds nothing else. */
  static RunDirectory fresh(Path root, Storage storage, RunRecord record) {
    return new RunDirectory(root, storage, record, true).begin();
  }

  /** Begins a run again that was interrupted. */
  static RunDirectory continued(Path root, Storage storage, RunRecord record) {
    return new RunDirectory(root, storage, record, false).begin();
  }

  /**
   * Begins a run in the place of another one, which stands until {@link #takePlace}.
   *
   * @param standing the record of the other one
   */
  static RunDirectory inPlaceOf(RunRecord standing, Path root, Storage storage, RunRecord record) {
    RunDirectory run = new RunDirectory(root, storage, record, true);
    run.standing = standing;
    storage.delete(run.apart());
    return run.begin();
  }

  private RunDirectory begin() {
    record.put("state", "running");
    record.remove("exitCode");
    record.remove("message");
    save();
    heartbeat = Heartbeat.start(Lease.HEARTBEAT, this::beat);
    return this;
  }

  /** What to do with a run that is there already. */
  public enum Existing {
    /** A finished one of the same identity is left alone, any other is an error. */
    KEEP,
    /** One that was interrupted is continued. */
    RESUME,
    /** It is removed as soon as the new one's input and options are checked. */
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
    Path path = Storage.path("--output", uri);
    Storage storage = Storage.of(path, hadoop);
    RunOpening opening = new RunOpening(storage, storage.qualify(path), identity, existing);
    return opening.open(kind, Patience.real());
  }

  /**
   * Reads the record of a finished run.
   *
   * @throws UserException if there is none, or it is not finished
   */
  public static RunRecord readFinished(String uri, Configuration hadoop) {
    Path root = Storage.path("--run", uri);
    RunRecord record =
        RunRecord.read(Storage.of(root, hadoop), new Path(root, RECORD))
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

  /**
   * Returns the path of a part of the run; apart from the run that it replaces while that stands.
   */
  public Path path(String name) {
    return new Path(standing == null ? root : apart(), name);
  }

  /** Among the attempts, which go whatever becomes of the process. */
  private Path apart() {
    return new Path(root, ATTEMPTS + "/new");
  }

  private Path recordPath() {
    return new Path(root, RECORD);
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
      throw RunOpening.busy(root, lostTo);
    }
    if (isEnded) {
      return;
    }
    RunRecord shown = standing == null ? record : standing;
    shown.put("lease", lease.toJson(Instant.now()));
    storage.replaceJson(recordPath(), shown.toJson());
  }

  /**
   * Removes the run that stood here before, if one does, and puts this one's data set in place. To
   * be called when everything is checked that can be checked before the work; a process that is
   * killed in the middle leaves a record that says so.
   *
   * @return whether a run stood here: {@link #path} has changed
   */
  boolean takePlace() {
    if (standing == null) {
      return false;
    }
    LOG.info("Removing the run that was in {}", root);
    beginReplacing();
    storage.clearExcept(root, Set.of(RECORD, RunOpening.LOCK, ATTEMPTS));
    Path prepared = new Path(apart(), DATASET);
    if (storage.exists(prepared)) {
      storage.move(prepared, path(DATASET));
    }
    storage.delete(apart());
    record.remove(RunRecord.REPLACING);
    save();
    return true;
  }

  private synchronized void beginReplacing() {
    standing = null;
    record.put(RunRecord.REPLACING, true);
    save();
  }

  /** Ends the run well: the stages' own copies go unless they are wanted. */
  void finish(boolean keepStages) {
    if (standing != null) {
      throw new IllegalStateException("the run in " + root + " has not been replaced");
    }
    heartbeat.close();
    storage.deleteAttempts(root);
    if (!keepStages) {
      storage.delete(path("stages"));
    }
    end("finished", ExitCode.DONE, "");
  }

  /**
   * Ends the run badly. What an error of the user's leaves behind would be in the way of the run
   * that mends it, so it is removed. A run that was to be replaced stays as it was.
   *
   * @param keepRecord whether {@code run.json} must tell the code and message, because nobody sees
   *     the process: cluster deploy mode
   */
  synchronized void fail(Failure failure, boolean keepRecord) {
    heartbeat.close();
    if (lostTo != null || isEnded) {
      return;
    }
    storage.deleteAttempts(root);
    if (standing != null) {
      giveBack(keepRecord ? Optional.of(failure) : Optional.empty());
      return;
    }
    if (failure.kind() != Failure.Kind.INPUT || !isFresh) {
      end("failed", failure.exitCode(), failure.message());
      return;
    }
    if (!keepRecord) {
      storage.delete(root);
      return;
    }
    storage.clearExcept(root, Set.of(RECORD));
    record.put("stages", Map.of());
    end("failed", failure.exitCode(), failure.message());
  }

  /** Leaves the run that was to be replaced as it was; its record may tell why it was not. */
  private void giveBack(Optional<Failure> told) {
    isEnded = true;
    standing.remove("lease");
    told.ifPresent(
        failure ->
            standing.put(
                "notReplaced",
                Map.of(
                    "exitCode", failure.exitCode(),
                    "message", failure.message(),
                    "ended", Instant.now().toString())));
    storage.replaceJson(recordPath(), standing.toJson());
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
    storage.deleteAtExit(new Path(root, ATTEMPTS));
    if (standing != null) {
      giveBack(Optional.empty());
      return;
    }
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
    storage.replaceJson(recordPath(), record.toJson());
  }

  /** Renews the lease, unless another writer took the directory in the meantime. */
  synchronized void beat() {
    JsonNode claim =
        storage
            .readJson(recordPath())
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
