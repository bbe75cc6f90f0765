package org.imageclustering.spark.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.imageclustering.UserException;
import org.imageclustering.spark.session.Storage;

/**
 * The content of {@code run.json}. Written from the job's thread and the heartbeat's: every method
 * is synchronized.
 */
public final class RunRecord {
  /** The version of this file's layout. */
  static final int SCHEMA_VERSION = 1;

  /** Set while what stood in the run's place is removed. */
  static final String REPLACING = "replacing";

  private static final ObjectMapper VALUES = new ObjectMapper();

  private final ObjectNode json;

  RunRecord(ObjectNode json) {
    this.json = json;
  }

  /** Returns a new record of a run that has begun. */
  static RunRecord begin(String kind, Identity identity) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schemaVersion", SCHEMA_VERSION);
    json.put("kind", kind);
    json.set("identity", identity.toJson());
    json.put("started", Instant.now().toString());
    json.put("state", "running");
    json.putObject("stages");
    return new RunRecord(json);
  }

  /**
   * Reads the record of a run, or nothing if there is none.
   *
   * @throws UserException if the file is damaged; the message names it
   */
  static Optional<RunRecord> read(Storage storage, Path path) {
    Optional<ObjectNode> json = storage.readJson(path);
    if (json.isPresent() && !isRecord(json.get())) {
      throw new UserException(
          "Cannot read '%s': found no identity, state and stages in it, expected the record of a run; remove its directory to start anew"
              .formatted(path));
    }
    return json.map(RunRecord::new);
  }

  private static boolean isRecord(ObjectNode json) {
    return json.path("identity").isObject()
        && json.path("state").isTextual()
        && json.path("stages").isObject();
  }

  synchronized ObjectNode toJson() {
    return json.deepCopy();
  }

  /** Returns the text of a field, or the empty text. */
  public synchronized String text(String field) {
    return json.path(field).asText();
  }

  /** Returns a field's value, which may be missing. */
  public synchronized JsonNode value(String field) {
    return json.path(field).deepCopy();
  }

  /** Sets a field to a text, number, map, list or JSON node. */
  synchronized void put(String field, Object value) {
    json.set(field, VALUES.valueToTree(value));
  }

  synchronized void remove(String field) {
    json.remove(field);
  }

  Identity identity() {
    return Identity.ofJson((ObjectNode) value("identity"));
  }

  boolean isFinished() {
    return text("state").equals("finished");
  }

  /** Returns whether the run ended by an error of the user's and holds no results. */
  boolean isRefused() {
    return text("state").equals("failed")
        && value("exitCode").asInt() == ExitCode.USER
        && value("stages").isEmpty();
  }

  /** Returns whether the process ended while it removed another run: nothing here is whole. */
  boolean isReplacing() {
    return value(REPLACING).asBoolean();
  }

  /** Returns a finished stage's record. */
  synchronized Optional<JsonNode> finishedStage(String name) {
    JsonNode stage = json.path("stages").path(name);
    return stage.path("state").asText().equals("done")
        ? Optional.of(stage.deepCopy())
        : Optional.empty();
  }

  synchronized void beginStage(String name) {
    ObjectNode stage = stage(name);
    stage.put("state", "running");
    stage.put("started", Instant.now().toString());
  }

  synchronized void putInStage(String name, String field, Object value) {
    stage(name).set(field, VALUES.valueToTree(value));
  }

  synchronized void measure(String name, String key, Object value) {
    stage(name).withObject("/measures").set(key, VALUES.valueToTree(value));
  }

  private ObjectNode stage(String name) {
    ObjectNode stages = (ObjectNode) json.get("stages");
    return stages.has(name) ? (ObjectNode) stages.get(name) : stages.putObject(name);
  }
}
