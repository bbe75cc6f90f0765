package org.imageclustering.spark.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A writer's claim on a run directory, kept in {@code run.json} and renewed while the writer lives.
 * It ends when it is not renewed; on the writer's own machine as soon as its process is gone.
 */
final class Lease {
  /** How often a living writer renews its claim. */
  static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** How long a claim holds after its last renewal: a long pause of the JVM must not lose it. */
  static final Duration LIFETIME = Duration.ofSeconds(90);

  private final String id = UUID.randomUUID().toString();

  /** Returns the claim as of now. */
  ObjectNode toJson(Instant now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id);
    json.put("host", host());
    json.put("pid", ProcessHandle.current().pid());
    json.put("processStart", startOf(ProcessHandle.current()));
    json.put("heartbeat", now.toString());
    json.put("expires", now.plus(LIFETIME).toString());
    return json;
  }

  boolean owns(JsonNode claim) {
    return claim.path("id").asText().equals(id);
  }

  /** Returns whether a claim of another writer holds at this time. */
  static boolean holds(JsonNode claim, Instant now) {
    if (!claim.isObject() || Instant.parse(claim.path("expires").asText()).isBefore(now)) {
      return false;
    }
    return isElsewhere(claim) || isAlive(claim);
  }

  /** Returns whether a claim is that of a process on another machine. */
  static boolean isElsewhere(JsonNode claim) {
    return claim.isObject() && !claim.path("host").asText().equals(host());
  }

  /** Returns who claims: for the message to a second writer. */
  static String describe(JsonNode claim) {
    return "process %s on %s, last seen %s"
        .formatted(
            claim.path("pid").asText(),
            claim.path("host").asText(),
            claim.path("heartbeat").asText());
  }

  private static boolean isAlive(JsonNode claim) {
    Optional<ProcessHandle> process = ProcessHandle.of(claim.path("pid").asLong());
    return process.isPresent()
        && process.get().isAlive()
        && startOf(process.get()).equals(claim.path("processStart").asText());
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host (" + e.getMessage() + ")";
    }
  }
}
