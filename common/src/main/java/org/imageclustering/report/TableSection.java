package org.imageclustering.report;

import java.util.List;

/**
 * A table with a line of explanation.
 *
 * @param intro what the table says; may be empty
 * @param columns the headings
 * @param rows one text a column; numbers are recognised and stand at the right
 * @param highlighted the number of the row that was chosen, or -1
 */
public record TableSection(
    String id,
    String title,
    String intro,
    List<String> columns,
    List<List<String>> rows,
    int highlighted)
    implements Section {

  /** Copies the lists. */
  public TableSection {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  @Override
  public void write(PageWriter page) {
    HtmlWriter html = page.html();
    if (!intro.isEmpty()) {
      html.leaf("p", intro, "class", "muted");
    }
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", title);
    html.open("table").open("thead").open("tr");
    for (int i = 0; i < columns.size(); i++) {
      html.leaf("th", columns.get(i), "scope", "col", "class", kind(i));
    }
    html.close().close().open("tbody");
    for (int i = 0; i < rows.size(); i++) {
      writeRow(html, rows.get(i), i == highlighted);
    }
    html.close().close().close();
  }

  private static void writeRow(HtmlWriter html, List<String> row, boolean chosen) {
    html.open("tr", "class", chosen ? "chosen" : "plain");
    for (String cell : row) {
      html.leaf("td", cell, "class", isNumber(cell) ? "number" : "words");
    }
    html.close();
  }

  /** A heading stands above the first row's cell. */
  private String kind(int column) {
    return !rows.isEmpty() && isNumber(rows.get(0).get(column)) ? "number" : "words";
  }

  private static boolean isNumber(String cell) {
    return cell.matches("[-+]?[0-9\u202f]+([.][0-9]+)?([eE][-+]?[0-9]+)?(\u202f%)?|–");
  }
}
