package org.imageclustering.spark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageclustering.data.PixelImage;
import org.imageclustering.spark.evaluate.RunFiles;

/** A small table of the run, {@code tables/NAME.json}. */
final class RunTable {
  private final List<String> columns = new ArrayList<>();
  private final List<JsonNode> rows = new ArrayList<>();

  private RunTable(JsonNode json) {
    json.path("columns").forEach(name -> columns.add(name.asText()));
    json.path("rows").forEach(rows::add);
  }

  /** Returns the table of this name, or nothing where there is none or it has no rows. */
  static Optional<RunTable> read(RunFiles run, String name) {
    return run.json("tables/" + name + ".json")
        .map(RunTable::new)
        .filter(table -> !table.rows.isEmpty());
  }

  List<String> columns() {
    return columns;
  }

  List<JsonNode> rows() {
    return rows;
  }

  /** Returns a row's value, missing where there is no such column. */
  JsonNode value(JsonNode row, String column) {
    int index = columns.indexOf(column);
    return index < 0 ? MissingNode.getInstance() : row.path(index);
  }

  /** Returns the rows by the text of a column, in the order of their first row. */
  Map<String, List<JsonNode>> by(String column) {
    Map<String, List<JsonNode>> groups = new LinkedHashMap<>();
    for (JsonNode row : rows) {
      groups.computeIfAbsent(value(row, column).asText(), key -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  /** Returns the picture of a row: height, width, channels, pixels in 0..255. */
  PixelImage image(JsonNode row) {
    JsonNode numbers = value(row, "pixels");
    byte[] pixels = new byte[numbers.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(numbers.get(i).asDouble())));
    }
    return new PixelImage(
        value(row, "height").asInt(),
        value(row, "width").asInt(),
        value(row, "channels").asInt(1),
        pixels);
  }
}
