package org.imageclustering.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes well-formed HTML: every text and attribute value is escaped, every tag is closed. */
final class HtmlWriter {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; an empty value writes the name alone
   */
  HtmlWriter open(String tag, String... attributes) {
    start(tag, attributes);
    open.push(tag);
    return this;
  }

  /** Closes the element that was opened last. */
  HtmlWriter close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** Writes an element that holds a text and nothing else. */
  HtmlWriter leaf(String tag, String text, String... attributes) {
    start(tag, attributes);
    text(text);
    out.append("</").append(tag).append('>');
    return this;
  }

  /** Writes a text. */
  HtmlWriter text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** Writes what is HTML, CSS or a script already: constants of this package, never data. */
  HtmlWriter raw(String trusted) {
    out.append(trusted);
    return this;
  }

  /** Returns all that was written. */
  String html() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("Cannot end the page: <" + open.peek() + "> is still open");
    }
    return out.toString();
  }

  /** Returns the text with the five characters escaped that mean something in HTML. */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]);
      if (!attributes[i + 1].isEmpty()) {
        out.append("=\"").append(escaped(attributes[i + 1])).append('"');
      }
    }
    out.append('>');
  }
}
