package org.imageclustering.spark.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imageclustering.evaluate.ContingencyTable;
import org.imageclustering.evaluate.ContingencyTable.Cell;
import org.imageclustering.evaluate.Matching;
import org.imageclustering.evaluate.Scores;

/** The layout of {@code metrics.json}: what is not defined is null, for JSON has no NaN. */
final class Metrics {
  static final int SCHEMA_VERSION = 1;

  private Metrics() {}

  /**
   * Adds one partition: images, clusters and sizes, and its scores where labels were given.
   *
   * @param all every image, those without a label too
   * @param labelled those with a label
   */
  static void put(ObjectNode json, List<Cell> all, List<Cell> labelled, boolean labelsGiven) {
    Map<Integer, Long> sizes = new TreeMap<>();
    all.forEach(cell -> sizes.merge(cell.cluster(), cell.count(), Long::sum));
    json.put("images", images(all));
    json.put("clusters", sizes.size());
    if (labelsGiven) {
      json.put("labelled", images(labelled));
      json.put("unlabelled", images(all) - images(labelled));
      ContingencyTable table = ContingencyTable.ofCells(labelled);
      json.put("classes", table.classes().size());
      putScores(json, Scores.of(table));
    }
    ObjectNode sizesJson = json.putObject("sizes");
    sizes.forEach((cluster, size) -> sizesJson.put(Integer.toString(cluster), size));
  }

  /**
   * Adds the confusion matrix: {@code labels} (rows), {@code clusters} (columns, in the order of
   * the labels that they are matched with), {@code matched} (the label of each column or null),
   * {@code counts}.
   */
  static void putConfusion(ObjectNode json, ContingencyTable table) {
    Matching matching = Matching.of(table);
    int[] order = matching.rowOrder(table);
    ObjectNode confusion = json.putObject("confusion");
    ArrayNode labels = confusion.putArray("labels");
    ArrayNode clusters = confusion.putArray("clusters");
    ArrayNode matched = confusion.putArray("matched");
    ArrayNode counts = confusion.putArray("counts");
    table.classes().forEach(labels::add);
    for (int cluster : order) {
      clusters.add(table.clusters()[cluster]);
      int label = matching.classOf(cluster);
      matched.add(label < 0 ? null : table.classes().get(label));
    }
    for (int label = 0; label < table.classes().size(); label++) {
      ArrayNode row = counts.addArray();
      for (int cluster : order) {
        row.add(table.count(cluster, label));
      }
    }
  }

  /** Returns the number of images in the cells. */
  static long images(List<Cell> cells) {
    return cells.stream().mapToLong(Cell::count).sum();
  }

  static void putScores(ObjectNode json, Scores scores) {
    putNumber(json, "acc", scores.acc());
    putNumber(json, "nmi", scores.nmi());
    putNumber(json, "nmiMax", scores.nmiMax());
    putNumber(json, "nmiSqrt", scores.nmiSqrt());
    putNumber(json, "ari", scores.ari());
    putNumber(json, "fscore", scores.fscore());
    putNumber(json, "purity", scores.purity());
  }

  static void putNumber(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name);
    }
  }
}
