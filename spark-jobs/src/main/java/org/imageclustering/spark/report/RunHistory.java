package org.imageclustering.spark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.report.Figures;
import org.imageclustering.report.LineSection;
import org.imageclustering.report.MapSection.Point;
import org.imageclustering.report.MapsSection;
import org.imageclustering.report.NeighbourMap;
import org.imageclustering.report.Section;
import org.imageclustering.spark.evaluate.RunFiles;

/** What a run that learned in epochs kept of each: {@code RUN/history}. */
final class RunHistory {
  private static final List<String> SCORES = List.of("acc", "nmi", "ari");
  private static final int MOST_MAPS = 8;
  private static final int MOST_IMAGES = 1_000;

  private final RunFiles run;
  private final JsonNode scores;

  /**
   * The history of a run.
   *
   * @param metrics with the scores by epoch, where there were labels
   */
  RunHistory(RunFiles run, JsonNode metrics) {
    this.run = run;
    this.scores = metrics.path("history");
  }

  /** Returns how the scores changed, which were computed afterwards and steered nothing. */
  Optional<Section> scores() {
    if (scores.isEmpty()) {
      return Optional.empty();
    }
    List<String> epochs = new ArrayList<>();
    scores.forEach(epoch -> epochs.add(epoch.path("epoch").asText()));
    List<LineSection.Curve> curves = new ArrayList<>();
    for (String score : SCORES) {
      List<Double> values = new ArrayList<>();
      scores.forEach(epoch -> values.add(epoch.path(score).asDouble(Double.NaN)));
      curves.add(new LineSection.Curve(score.toUpperCase(java.util.Locale.ROOT), values));
    }
    return Optional.of(
        new LineSection(
            "scores-by-epoch",
            "Scores by epoch",
            "Against the labels, computed after the run: they steered nothing.",
            List.of(new LineSection.Chart("Scores by epoch", "epoch", epochs, curves))));
  }

  /**
   * Returns maps of a sample's codes after some epochs. At most {@value #MOST_MAPS} times {@value
   * #MOST_IMAGES} codes reach the driver.
   */
  Optional<Section> maps() {
    if (!run.exists("history")) {
      return Optional.empty();
    }
    List<Row> rows =
        run.table("history")
            .filter("features is not null")
            .select("epoch", "id", "prediction", "features")
            .orderBy("epoch", "id")
            .limit(MOST_MAPS * MOST_IMAGES)
            .collectAsList();
    Map<Integer, List<Row>> byEpoch = new TreeMap<>();
    rows.forEach(row -> byEpoch.computeIfAbsent(row.getInt(0), e -> new ArrayList<>()).add(row));
    if (byEpoch.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, String> captions = captions();
    List<MapsSection.Map> maps = new ArrayList<>();
    byEpoch.forEach(
        (epoch, sample) ->
            maps.add(
                new MapsSection.Map(
                    captions.getOrDefault(epoch, "Epoch " + epoch), points(sample))));
    String intro =
        "The codes of the same %s images after some epochs (t-SNE), coloured by the cluster that each had then."
            .formatted(Figures.count(maps.get(0).points().size()));
    return Optional.of(
        new MapsSection("map-by-epoch", "Representation over the epochs", intro, maps));
  }

  private Map<Integer, String> captions() {
    Map<Integer, String> captions = new HashMap<>();
    for (JsonNode epoch : scores) {
      int number = epoch.path("epoch").asInt();
      captions.put(
          number,
          "Epoch %d, ACC %s".formatted(number, Figures.score(epoch.path("acc").asDouble())));
    }
    return captions;
  }

  private static List<Point> points(List<Row> sample) {
    int d = sample.get(0).getList(3).size();
    FloatMatrix codes = FloatMatrix.zeros(sample.size(), d);
    for (int i = 0; i < sample.size(); i++) {
      List<Float> code = sample.get(i).getList(3);
      for (int j = 0; j < d; j++) {
        codes.values()[codes.offset(i) + j] = code.get(j);
      }
    }
    FloatMatrix plane = NeighbourMap.of(codes);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < sample.size(); i++) {
      points.add(
          new Point(
              Long.toString(sample.get(i).getLong(1)),
              plane.values()[2 * i],
              plane.values()[2 * i + 1],
              sample.get(i).getInt(2),
              Optional.empty()));
    }
    return points;
  }
}
