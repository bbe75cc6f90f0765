package org.imageclustering.spark.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.imageclustering.spark.settings.Settings;

/**
 * What makes two runs the same: kind, method, the method's configuration, seed, the input's
 * fingerprint and that of the edges where they are given. Labels, log levels and the session's
 * settings do not count.
 */
final class Identity {
  private static final String COMMAND = "command";

  private static final List<String> ALWAYS = List.of("clusters", "seed", "features", "final");

  private final SortedMap<String, String> values;

  private Identity(SortedMap<String, String> values) {
    this.values = values;
  }

  static Identity ofClustering(Method method, Config config, String fingerprint) {
    SortedMap<String, String> values = new TreeMap<>();
    List<String> sections = new ArrayList<>(method.sections());
    sections.addAll(Representation.sections(config.getString("features")));
    Settings.flat(config)
        .forEach(
            (key, value) -> {
              if (ALWAYS.contains(key)
                  || sections.stream().anyMatch(s -> key.startsWith(s + "."))) {
                values.put(key, value);
              }
            });
    return of("cluster " + method.name(), fingerprint, values);
  }

  static Identity ofAssignment(String runIdentity, String fingerprint) {
    return of("assign", fingerprint, Map.of("run", runIdentity));
  }

  static Identity of(String work, String fingerprint, Map<String, String> more) {
    SortedMap<String, String> values = new TreeMap<>(more);
    values.put(COMMAND, work);
    values.put("input fingerprint", fingerprint);
    return new Identity(values);
  }

  /** Returns this identity with one more value. */
  Identity with(String key, String value) {
    SortedMap<String, String> more = new TreeMap<>(values);
    more.put(key, value);
    return new Identity(more);
  }

  static Identity ofJson(ObjectNode json) {
    SortedMap<String, String> values = new TreeMap<>();
    json.path("values")
        .fields()
        .forEachRemaining(e -> values.put(e.getKey(), e.getValue().asText()));
    return new Identity(values);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("hash", hash());
    ObjectNode all = json.putObject("values");
    values.forEach(all::put);
    return json;
  }

  /** Returns the SHA-256 of all keys and values, as 64 hexadecimal digits. */
  String hash() {
    String text =
        values.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining("\n"));
    return sha256(text);
  }

  /**
   * Returns each key that differs, with its value in this identity and in the one that is asked for
   * now: {@code seed (1 there, 2 now)}. Keys that one command has and the other lacks are passed
   * over, for the command says as much.
   */
  String difference(Identity now) {
    TreeSet<String> keys = new TreeSet<>(values.keySet());
    if (value(COMMAND).equals(now.value(COMMAND))) {
      keys.addAll(now.values.keySet());
    } else {
      keys.retainAll(now.values.keySet());
    }
    return keys.stream()
        .filter(key -> !value(key).equals(now.value(key)))
        .map(key -> "%s (%s there, %s now)".formatted(key, value(key), now.value(key)))
        .collect(Collectors.joining(", "));
  }

  private String value(String key) {
    return values.getOrDefault(key, "nothing");
  }

  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
