package org.imageclustering.spark.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What became of a command line in this process.
 *
 * @param err what it wrote to stderr, stripped
 */
record Outcome(int exitCode, String err) {
  /** Runs a command line. */
  static Outcome of(List<String> line) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setErr(err);
      int exitCode = Main.run(line.toArray(new String[0]));
      return new Outcome(exitCode, bytes.toString(StandardCharsets.UTF_8).strip());
    } finally {
      System.setErr(before);
    }
  }
}
