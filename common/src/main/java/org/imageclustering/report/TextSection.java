package org.imageclustering.report;

import java.util.List;

/**
 * Commands to copy, each with a line that says what it does.
 *
 * @param intro the paragraph above; may be empty
 */
public record TextSection(String id, String title, String intro, List<Command> commands)
    implements Section {

  /** Copies the list. */
  public TextSection {
    commands = List.copyOf(commands);
  }

  /** A line for a shell, and what it does. */
  public record Command(String meaning, String line) {}

  @Override
  public void write(PageWriter page) {
    HtmlWriter html = page.html();
    if (!intro.isEmpty()) {
      html.leaf("p", intro, "class", "muted");
    }
    for (Command command : commands) {
      html.leaf("p", command.meaning()).open("pre", "tabindex", "0");
      html.leaf("code", command.line()).close();
    }
  }
}
