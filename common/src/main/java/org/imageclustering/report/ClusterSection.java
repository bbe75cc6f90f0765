package org.imageclustering.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.imageclustering.data.PixelImage;

/**
 * The clusters: an index with sizes and mean images, then for each the images that it is surest of
 * and those it is least sure of.
 *
 * @param intro how many images are shown, of how many, and at what size
 * @param clusters in the order of their ids
 */
public record ClusterSection(String intro, List<Cluster> clusters) implements Section {
  private static final int OPEN_AT_FIRST = 20;
  private static final int SPRITE_COLUMNS = 12;

  /** Copies the list. */
  public ClusterSection {
    clusters = List.copyOf(clusters);
  }

  /**
   * An image of a cluster.
   *
   * @param thumb the image, small
   * @param origin file or source and position
   * @param confidence in [0, 1]
   */
  public record Example(PixelImage thumb, String id, String origin, double confidence) {}

  /**
   * One cluster.
   *
   * @param share of all the images, in [0, 1]
   * @param labels the most frequent label and its share; empty without labels
   * @param confidence the mean over its images
   * @param mean the mean of its images; none for vectors
   * @param surest the most confident first
   * @param doubtful the least confident first
   */
  public record Cluster(
      String id,
      long size,
      double share,
      String labels,
      double confidence,
      Optional<PixelImage> mean,
      List<Example> surest,
      List<Example> doubtful) {}

  @Override
  public String id() {
    return "clusters";
  }

  @Override
  public String title() {
    return "Clusters";
  }

  @Override
  public void write(PageWriter page) {
    HtmlWriter html = page.html();
    writeIndex(page);
    html.leaf("p", intro, "class", "muted");
    if (clusters.size() > 1) {
      html.open("p", "class", "tools no-print")
          .leaf("button", "Open all", "type", "button", "data-open", "true")
          .leaf("button", "Close all", "type", "button", "data-open", "false")
          .close();
    }
    for (int i = 0; i < clusters.size(); i++) {
      writeCluster(page, clusters.get(i), i < OPEN_AT_FIRST);
    }
  }

  private void writeIndex(PageWriter page) {
    HtmlWriter html = page.html();
    double largest = clusters.stream().mapToDouble(Cluster::share).max().orElse(1);
    List<PixelImage> means = clusters.stream().flatMap(c -> c.mean().stream()).toList();
    Sprite sprite = means.isEmpty() ? null : new Sprite(means, SPRITE_COLUMNS);
    String spriteClass = means.isEmpty() ? "" : page.addSprite(sprite);
    html.open("ol", "class", clusters.size() > OPEN_AT_FIRST ? "index many" : "index");
    int tile = 0;
    for (Cluster cluster : clusters) {
      html.open("li").open("a", "href", "#cluster-" + cluster.id());
      if (cluster.mean().isPresent()) {
        html.leaf(
            "span",
            "",
            "class",
            spriteClass,
            "role",
            "img",
            "aria-label",
            "Mean image of cluster " + cluster.id(),
            "style",
            PageWriter.tileStyle(sprite, tile++));
      }
      writeSize(html, cluster, cluster.share() / largest);
      html.close().close();
    }
    html.close();
  }

  private static void writeSize(HtmlWriter html, Cluster cluster, double length) {
    html.open("span", "class", "size")
        .leaf("b", "Cluster " + cluster.id())
        .leaf("span", cluster.labels(), "class", "muted")
        .leaf("span", "", "class", "bar", "style", String.format(Locale.ROOT, "--v:%.4f", length))
        .leaf("span", Figures.count(cluster.size()) + " · " + Figures.percent(cluster.share()))
        .close();
  }

  private static void writeCluster(PageWriter page, Cluster cluster, boolean opened) {
    HtmlWriter html = page.html();
    String[] attributes = {"class", "cluster", "id", "cluster-" + cluster.id(), "open", ""};
    html.open("details", opened ? attributes : java.util.Arrays.copyOf(attributes, 4));
    html.open("summary").leaf("b", "Cluster " + cluster.id());
    for (String fact : facts(cluster)) {
      html.leaf("span", fact);
    }
    html.close();
    writeExamples(page, cluster);
    html.close();
  }

  private static List<String> facts(Cluster cluster) {
    List<String> facts = new ArrayList<>();
    facts.add(Figures.count(cluster.size()) + (cluster.size() == 1 ? " image" : " images"));
    facts.add(Figures.percent(cluster.share()));
    if (!cluster.labels().isEmpty()) {
      facts.add(cluster.labels());
    }
    facts.add("mean confidence " + Figures.score(cluster.confidence()));
    return facts;
  }

  private static void writeExamples(PageWriter page, Cluster cluster) {
    List<PixelImage> thumbs = new ArrayList<>();
    cluster.surest().forEach(example -> thumbs.add(example.thumb()));
    cluster.doubtful().forEach(example -> thumbs.add(example.thumb()));
    if (thumbs.isEmpty()) {
      return;
    }
    Sprite sprite = new Sprite(thumbs, SPRITE_COLUMNS);
    String names = page.addSprite(sprite);
    page.html().open("div", "class", "examples");
    writeRow(page.html(), "Most confident", cluster.surest(), names, sprite, 0);
    int first = cluster.surest().size();
    writeRow(page.html(), "Least confident", cluster.doubtful(), names, sprite, first);
    page.html().close();
  }

  private static void writeRow(
      HtmlWriter html,
      String heading,
      List<Example> examples,
      String names,
      Sprite sprite,
      int first) {
    html.open("div").leaf("h3", heading).open("div", "class", "tiles");
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      String confidence = Figures.score(example.confidence());
      html.leaf(
          "span",
          "",
          "class",
          names,
          "role",
          "img",
          "aria-label",
          "Image " + example.id() + ", confidence " + confidence,
          "title",
          "id " + example.id() + "\n" + example.origin() + "\nconfidence " + confidence,
          "style",
          PageWriter.tileStyle(sprite, first + i));
    }
    html.close().close();
  }
}
