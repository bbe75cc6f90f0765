package org.imageclustering.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was done and how long it took: the stages as bars, then every setting.
 *
 * @param stages in the order in which they ran
 * @param settings the resolved configuration by dotted key, and versions
 */
public record RunSection(List<Stage> stages, Map<String, String> settings) implements Section {
  /** Copies the list. */
  public RunSection {
    stages = List.copyOf(stages);
  }

  /**
   * One stage of the run.
   *
   * @param state done, running, failed …
   * @param seconds wall time; NaN where it is not known
   * @param measures what the stage said of itself: rows, recall, residuals
   */
  public record Stage(String name, String state, double seconds, String measures) {}

  @Override
  public String id() {
    return "run";
  }

  @Override
  public String title() {
    return "Timings and settings";
  }

  @Override
  public void write(PageWriter page) {
    if (!stages.isEmpty()) {
      writeStages(page.html());
    }
    if (!settings.isEmpty()) {
      writeSettings(page.html());
    }
  }

  private void writeStages(HtmlWriter html) {
    double longest =
        stages.stream().mapToDouble(Stage::seconds).filter(Double::isFinite).max().orElse(0);
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Stages");
    html.open("table", "class", "stages").open("thead").open("tr");
    html.leaf("th", "Stage", "scope", "col")
        .leaf("th", "Time", "scope", "col", "class", "number")
        .leaf("td", "")
        .leaf("th", "Measured", "scope", "col");
    html.close().close().open("tbody");
    stages.forEach(stage -> writeStage(html, stage, longest));
    html.close().close().close();
  }

  private static void writeStage(HtmlWriter html, Stage stage, double longest) {
    double share = longest > 0 && Double.isFinite(stage.seconds()) ? stage.seconds() / longest : 0;
    boolean usual = stage.state().isEmpty() || stage.state().equals("done");
    html.open("tr")
        .leaf(
            "th", usual ? stage.name() : stage.name() + " (" + stage.state() + ")", "scope", "row")
        .leaf("td", Figures.duration(stage.seconds()), "class", "number")
        .open("td", "class", "bar-cell")
        .leaf("div", "", "class", "bar", "style", String.format(Locale.ROOT, "--v:%.4f", share))
        .close()
        .leaf("td", stage.measures(), "class", "muted")
        .close();
  }

  private void writeSettings(HtmlWriter html) {
    html.open("details").leaf("summary", "All " + settings.size() + " settings");
    html.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Settings");
    html.open("table", "class", "settings").open("tbody");
    settings.forEach(
        (key, value) -> html.open("tr").leaf("th", key, "scope", "row").leaf("td", value).close());
    html.close().close().close().close();
  }
}
