package org.imageclustering.report;

import java.util.List;

/**
 * The top of the page.
 *
 * @param title what was clustered by what, one line
 * @param facts images, clusters, method, time: the line below the title
 * @param cards the scores, the most important first
 * @param note what must be known to read the scores, such as how many images bear no label; may be
 *     empty
 */
public record Head(String title, List<String> facts, List<Card> cards, String note) {
  /** Copies the lists. */
  public Head {
    facts = List.copyOf(facts);
    cards = List.copyOf(cards);
  }

  /**
   * One score.
   *
   * @param name short: ACC
   * @param value as it is shown
   * @param meaning one line that says what it is
   */
  public record Card(String name, String value, String meaning) {}

  void write(HtmlWriter html) {
    html.open("header", "class", "head").leaf("h1", title).open("p", "class", "facts");
    for (String fact : facts) {
      html.leaf("span", fact);
    }
    html.close();
    if (!cards.isEmpty()) {
      html.open("dl", "class", "cards");
      cards.forEach(card -> writeCard(html, card));
      html.close();
    }
    if (!note.isEmpty()) {
      html.leaf("p", note, "class", "note");
    }
    html.close();
  }

  private static void writeCard(HtmlWriter html, Card card) {
    html.open("div", "class", "card")
        .leaf("dt", card.name())
        .leaf("dd", card.value(), "class", "value")
        .leaf("dd", card.meaning(), "class", "muted")
        .close();
  }
}
