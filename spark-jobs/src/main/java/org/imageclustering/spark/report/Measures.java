package org.imageclustering.spark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.StringJoiner;
import org.imageclustering.report.Figures;

/** How values of {@code run.json} and of small tables are written. */
final class Measures {
  private Measures() {}

  /** Returns whole numbers as they are, others to four digits, lists with commas. */
  static String text(JsonNode value) {
    if (value.isArray()) {
      StringJoiner list = new StringJoiner(", ");
      value.forEach(entry -> list.add(text(entry)));
      return list.toString();
    }
    if (value.isObject()) {
      return value.toString();
    }
    if (value.isNull() || value.isMissingNode()) {
      return "–";
    }
    if (value.isIntegralNumber()) {
      return Math.abs(value.asLong()) < 10_000 ? value.asText() : Figures.count(value.asLong());
    }
    return value.isNumber() ? decimal(value.asDouble()) : value.asText();
  }

  private static String decimal(double value) {
    double size = Math.abs(value);
    if (size == 0 || (size >= 1e-3 && size < 1e6)) {
      return size >= 1000
          ? String.format(Locale.ROOT, "%.1f", value)
          : stripped(String.format(Locale.ROOT, "%.4f", value));
    }
    return String.format(Locale.ROOT, "%.2e", value);
  }

  private static String stripped(String decimal) {
    return decimal.replaceAll("\\.?0+$", "");
  }
}
