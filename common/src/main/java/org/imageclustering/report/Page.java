package org.imageclustering.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.MissingResourceException;

/**
 * The whole report as one HTML file: style, script, pictures and the chart library (ECharts,
 * Apache-2.0) are inside, and a content security policy forbids every request, so that it can be
 * mailed and opened offline.
 *
 * @param head the top of the page
 * @param sections in their order; those with nothing to say are left out by the caller
 * @param foot the line at the end: which product wrote it, and when
 */
public record Page(Head head, List<Section> sections, String foot) {
  private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

  /** Copies the list. */
  public Page {
    sections = List.copyOf(sections);
  }

  /**
   * Returns the page. Memory: the page itself, some megabytes; with charts one more for the
   * library.
   */
  public String html() {
    PageWriter body = new PageWriter();
    writeBody(body);
    HtmlWriter html = new HtmlWriter();
    html.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    html.raw("<meta charset=\"utf-8\">\n")
        .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .leaf("title", head.title())
        .raw("\n<style>\n" + resource("report.css") + body.sprites() + "</style>\n")
        .close();
    html.open("body").raw(body.html().html());
    if (body.hasCharts()) {
      html.raw("<script>" + resource(ECHARTS) + "</script>\n")
          .raw("<script type=\"application/json\" id=\"chart-data\">" + body.chartData())
          .raw("</script>\n");
    }
    html.raw("<script>\n" + resource("report.js") + "</script>\n").close().close();
    return html.html();
  }

  private void writeBody(PageWriter page) {
    HtmlWriter html = page.html();
    html.leaf("a", "To the contents", "class", "skip", "href", "#main");
    head.write(html);
    html.open("nav", "aria-label", "Sections").open("ul");
    for (Section section : sections) {
      html.open("li").leaf("a", section.title(), "href", "#" + section.id()).close();
    }
    html.close().close().open("main", "id", "main");
    for (Section section : sections) {
      html.open("section", "id", section.id()).leaf("h2", section.title());
      section.write(page);
      html.close();
    }
    html.close().leaf("footer", foot);
  }

  private static String resource(String name) {
    try (InputStream stream = Page.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new MissingResourceException(
            "Cannot write the report: " + name + " is not on the class path", "Page", name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
