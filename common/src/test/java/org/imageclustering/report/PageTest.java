package org.imageclustering.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.imageclustering.data.PixelImage;
import org.imageclustering.report.ClusterSection.Cluster;
import org.imageclustering.report.ClusterSection.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTest {
  private static final String EVIL = "</script><script>alert('\"&')</script>.png";

  @Test
  void everySectionStandsUnderItsHeadingAndInTheNavigation() {
    String html = page(3, 28, 1).html();
    for (Section section : page(3, 28, 1).sections()) {
      assertThat(html)
          .contains("<section id=\"" + section.id() + "\"><h2>" + section.title() + "</h2>")
          .contains("<a href=\"#" + section.id() + "\">");
    }
  }

  @Test
  void namesOfFilesAreEscapedWhereverTheyStand() {
    String html = page(3, 28, 1).html();
    assertThat(html)
        .contains("&lt;/script&gt;&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;.png")
        .doesNotContain("alert('\"");
    int scripts = html.split("<script", -1).length - 1;
    assertThat(scripts).as("library, data, script of the page").isEqualTo(3);
    assertThat(html.split("</script", -1)).hasSize(4);
  }

  /** The library's code names namespaces; the policy keeps it from fetching anything. */
  @Test
  void nothingIsFetched() {
    String html = page(3, 28, 3).html();
    String markup = html.replaceAll("(?s)<script[^>]*>.*?</script>", "");
    assertThat(Pattern.compile("(src|href|action|srcset)=\"(?!#)").matcher(markup).find())
        .isFalse();
    assertThat(Pattern.compile("url\\((?!data:image/png;base64,)").matcher(markup).find())
        .isFalse();
    assertThat(markup).doesNotContain("@import", "<link", "<iframe", "<object", "http:", "https:");
    assertThat(html).contains("default-src 'none'; img-src data:;");
    assertThat(html).doesNotContainPattern("<script[^>]* src");
  }

  @Test
  void withoutChartsTheLibraryStaysOut() {
    Page whole = page(3, 28, 1);
    List<Section> plain =
        whole.sections().stream()
            .filter(s -> !(s instanceof MapSection) && !(s instanceof EigenvalueSection))
            .toList();
    assertThat(new Page(whole.head(), plain, "").html().length()).isLessThan(300_000);
    assertThat(whole.html().length()).isGreaterThan(1_000_000);
  }

  @Test
  void twoHundredClustersStayBoundedAndMostAreClosed() {
    String html = page(200, 28, 1).html();
    assertThat(html.length()).isLessThan(16_000_000);
    assertThat(html.split("<details class=\"cluster\"", -1)).hasSize(201);
    assertThat(
            Pattern.compile("<details class=\"cluster\" id=\"cluster-\\d+\" open>")
                .matcher(html)
                .results())
        .hasSize(20);
  }

  @Test
  void theHeatMapOutlinesMatchedCellsAndNamesThePartOfEach() {
    String html = page(3, 28, 1).html();
    assertThat(html.split("class=\"c own\"", -1)).hasSize(3);
    assertThat(html).contains("title=\"90 images of label 0 in cluster 2 (90.0\u202f%)\"");
  }

  @Test
  void aWideHeatMapLeavesItsNumbersToThePointer() {
    List<String> clusters = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
    List<Integer> labelOf = IntStream.range(0, 200).mapToObj(c -> c < 10 ? c : -1).toList();
    List<List<Long>> counts =
        IntStream.range(0, 10)
            .mapToObj(
                row -> IntStream.range(0, 200).mapToObj(c -> c % 10 == row ? 7L : 0L).toList())
            .toList();
    ConfusionSection wide =
        new ConfusionSection(clusters.subList(0, 10), clusters, labelOf, counts);
    Page page = page(2, 28, 1);
    String html = new Page(page.head(), List.of(wide), "").html();
    assertThat(html)
        .contains("<table class=\"heat dense\">", "7 images of label 3 in cluster 13 (5.0\u202f%)")
        .doesNotContain(">7</td>");
    assertThat(html.split("first-alone\"", -1)).hasSize(1 + 1 + 10);
  }

  @Test
  void picturesAreNamedForThoseWhoCannotSeeThem() {
    assertThat(page(3, 28, 1).html())
        .contains("role=\"img\" aria-label=\"Image 1000, confidence 0.990\"")
        .contains("aria-label=\"Scatter plot of 30 images, coloured by cluster\"");
  }

  @Test
  void aPageCanBeWrittenToAFileAndReadBack(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("index.html");
    String html = page(2, 40, 3).html();
    Files.writeString(file, html);
    assertThat(Files.readString(file))
        .isEqualTo(html)
        .startsWith("<!DOCTYPE html>")
        .endsWith("</html>\n");
  }

  private static Page page(int clusters, int side, int channels) {
    Random random = new Random(1);
    List<Section> sections = new ArrayList<>();
    sections.add(new ClusterSection("intro", clusters(clusters, side, channels, random)));
    sections.add(
        new ConfusionSection(
            List.of("0", EVIL),
            List.of("2", "0", "1"),
            List.of(0, 1, -1),
            List.of(List.of(90L, 0L, 10L), List.of(1L, 80L, 9L))));
    sections.add(new MapSection("map", points(clusters, side, channels, random)));
    sections.add(
        new GallerySection(
            "patterns",
            "Visual patterns",
            "centres",
            List.of(new GallerySection.Row("first", List.of("1"), List.of(image(11, 1, random))))));
    sections.add(
        new EigenvalueSection(
            "values",
            List.of(
                new EigenvalueSection.Layer(
                    "first",
                    List.of(
                        new EigenvalueSection.Curve(
                            EVIL, List.of(1.0, 0.9), List.of(1e-6, 1e-5)))))));
    sections.add(
        new TableSection(
            "candidates", "Candidates", "", List.of("a", EVIL), List.of(List.of("x", "0.5")), 0));
    sections.add(
        new RunSection(
            List.of(new RunSection.Stage("neighbours", "done", 12.3, "recall 0.99")),
            Map.of("clusters", "10", EVIL, EVIL)));
    sections.add(
        new TextSection("reproduce", "Again", "", List.of(new TextSection.Command("run", EVIL))));
    Head head =
        new Head(EVIL, List.of("10 images"), List.of(new Head.Card("ACC", "0.9", "of")), "note");
    return new Page(head, sections, "foot");
  }

  private static List<Cluster> clusters(int count, int side, int channels, Random random) {
    return IntStream.range(0, count)
        .mapToObj(
            c ->
                new Cluster(
                    Integer.toString(c),
                    100,
                    1.0 / count,
                    "mostly 7",
                    0.8,
                    Optional.of(image(side, channels, random)),
                    examples(1000 + 100 * c, side, channels, random),
                    examples(2000 + 100 * c, side, channels, random)))
        .toList();
  }

  private static List<Example> examples(int id, int side, int channels, Random random) {
    return IntStream.range(0, 16)
        .mapToObj(
            i ->
                new Example(
                    image(side, channels, random),
                    Integer.toString(id + i),
                    EVIL,
                    0.99 - i / 100.0))
        .toList();
  }

  private static List<MapSection.Point> points(
      int clusters, int side, int channels, Random random) {
    return IntStream.range(0, 30)
        .mapToObj(
            i ->
                new MapSection.Point(
                    EVIL + i,
                    random.nextGaussian(),
                    random.nextGaussian(),
                    i % clusters,
                    Optional.of(image(side, channels, random))))
        .toList();
  }

  private static PixelImage image(int side, int channels, Random random) {
    byte[] pixels = new byte[side * side * channels];
    random.nextBytes(pixels);
    return new PixelImage(side, side, channels, pixels);
  }
}
