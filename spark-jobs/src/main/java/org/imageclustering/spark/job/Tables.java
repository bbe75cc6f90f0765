package org.imageclustering.spark.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.Options;
import org.imageclustering.spark.session.Storage;
import scala.collection.JavaConverters;

/**
 * Writes a small table as {@code tables/NAME.json}, {@code {"columns", "rows", "cap"}}, and as
 * {@code tables/NAME.csv}: for the report, notebooks and people. Ids, which exceed what JSON's
 * readers can hold exactly, are strings.
 */
final class Tables {
  private static final ObjectMapper VALUES = new ObjectMapper();

  /** A table of so many rows is a file of some hundred megabytes, and is built on the driver. */
  private static final int LARGEST_CAP = 5_000_000;

  private Tables() {}

  /**
   * Returns {@code tables.cap}, the largest number of rows of a table.
   *
   * @throws org.imageclustering.UserException if it is out of range
   */
  static int cap(Config settings) {
    int cap = settings.getInt("tables.cap");
    Options.require(cap >= 0 && cap <= LARGEST_CAP, "tables.cap", cap, "0 to " + LARGEST_CAP);
    return cap;
  }

  /**
   * Writes the first rows; at most {@code cap} of them reach the driver.
   *
   * @param directory {@code RUN/tables}
   */
  static void write(Storage storage, Path directory, String name, Dataset<Row> rows, int cap) {
    List<Row> found = rows.limit(cap + 1).collectAsList();
    boolean isCut = found.size() > cap;
    List<Row> kept = isCut ? found.subList(0, cap) : found;
    storage.replaceJson(
        new Path(directory, name + ".json"), json(rows.columns(), kept, isCut ? cap : null));
    storage.replace(
        new Path(directory, name + ".csv"),
        csv(rows.columns(), kept).getBytes(StandardCharsets.UTF_8));
  }

  static ObjectNode json(String[] columns, List<Row> rows, Integer cap) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("columns", VALUES.valueToTree(columns));
    ArrayNode values = json.putArray("rows");
    for (Row row : rows) {
      ArrayNode one = values.addArray();
      for (int i = 0; i < row.size(); i++) {
        one.add(VALUES.<JsonNode>valueToTree(value(columns[i], row.get(i))));
      }
    }
    json.put("cap", cap);
    return json;
  }

  static String csv(String[] columns, List<Row> rows) {
    List<List<Object>> values = new ArrayList<>();
    for (Row row : rows) {
      List<Object> one = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        one.add(value(columns[i], row.get(i)));
      }
      values.add(one);
    }
    return csv(Arrays.asList(columns), values);
  }

  static String csv(List<String> columns, List<List<Object>> rows) {
    StringBuilder text = new StringBuilder(line(columns));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<?> values) {
    return values.stream().map(Tables::cell).collect(Collectors.joining(",")) + "\n";
  }

  private static Object value(String column, Object value) {
    if (value instanceof Long id && column.equals("id")) {
      return Long.toString(id);
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return null;
    }
    if (value instanceof Float number && !Float.isFinite(number)) {
      return null;
    }
    if (value instanceof scala.collection.Seq<?> array) {
      return List.copyOf(JavaConverters.seqAsJavaList(array));
    }
    return value instanceof Vector vector ? vector.toArray() : value;
  }

  /** Quotes what CSV would misread; an array's entries are separated by spaces. */
  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof List<?> array) {
      return array.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
    if (value instanceof double[] array) {
      return Arrays.stream(array).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }
    String text = value.toString();
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
