package org.imageclustering.spark.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;

/**
 * What {@code dataset.json} says. Lives on the driver.
 *
 * @param kind images or vectors
 * @param source the input as the user named it
 * @param images the number of images or vectors
 * @param rejected the number of files or rows that were not
 * @param labels the number of labels: 0, or one an image
 * @param labelSource the option {@code --labels}, or empty
 * @param height of every image; 1 for vectors
 * @param width of every image; a vector's number of entries
 * @param channels of every image; 1 for vectors
 * @param occlusion what is hidden of every image, or empty
 * @param fingerprint of the input and of what was made of it, see {@link InputFingerprint}
 */
record DatasetRecord(
    DatasetKind kind,
    String source,
    long images,
    long rejected,
    long labels,
    String labelSource,
    int height,
    int width,
    int channels,
    String occlusion,
    String fingerprint) {
  static final String FILE = "dataset.json";
  private static final int SCHEMA_VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  byte[] toJson() throws JsonProcessingException {
    ObjectNode node =
        JSON.createObjectNode()
            .put("schemaVersion", SCHEMA_VERSION)
            .put("kind", kind.toString())
            .put("source", source)
            .put("images", images)
            .put("rejected", rejected)
            .put("labels", labels)
            .put("labelSource", labelSource)
            .put("height", height)
            .put("width", width)
            .put("channels", channels)
            .put("occlusion", occlusion)
            .put("fingerprint", fingerprint);
    return JSON.writeValueAsBytes(node);
  }

  /** Returns the record, or throws where a field is missing or of another kind. */
  static DatasetRecord ofJson(byte[] json) throws IOException {
    JsonNode node = JSON.readTree(json);
    if (node == null || node.path("schemaVersion").asInt() != SCHEMA_VERSION) {
      throw new IOException("no schemaVersion " + SCHEMA_VERSION);
    }
    return new DatasetRecord(
        DatasetKind.valueOf(node.required("kind").asText().toUpperCase(Locale.ROOT)),
        node.required("source").asText(),
        node.required("images").longValue(),
        node.required("rejected").longValue(),
        node.required("labels").longValue(),
        node.required("labelSource").asText(),
        node.required("height").intValue(),
        node.required("width").intValue(),
        node.required("channels").intValue(),
        node.path("occlusion").asText(""),
        node.required("fingerprint").asText());
  }
}
