package org.imageclustering.spark.job;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.util.Objects;
import java.util.regex.PatternSyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.imageclustering.UserException;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.session.Storage;

/** Refuses to read what lies in the output, where {@code --overwrite} would remove it first. */
final class Overwriting {
  private final String output;
  private final Configuration hadoop;
  private final Path removed;

  /**
   * What would be lost.
   *
   * @param output the run directory that is overwritten
   * @throws UserException if it is no path, or its file system cannot be reached
   */
  Overwriting(String output, Configuration hadoop) {
    this.output = output;
    this.hadoop = hadoop;
    Path path = Storage.path("--output", output);
    this.removed = Storage.of(path, hadoop).qualify(path);
  }

  /**
   * Checks what an input is read from.
   *
   * @throws UserException naming both options
   */
  void requireKept(InputOptions input) {
    if (Storage.isPath(input.input())) {
      requireKept("--input", input.input());
    }
    input.labels().filter(this::isFile).ifPresent(labels -> requireKept("--labels", labels));
  }

  /**
   * Checks that a path, or what a glob matches, is not the output and does not lie below it.
   *
   * @param option the option that names it
   * @throws UserException naming both options
   */
  void requireKept(String option, String text) {
    Path path = Storage.path(option, text);
    Path read = Storage.of(path, hadoop).qualify(path);
    if (isWithin(read, removed) || isWithin(real(read), real(removed))) {
      throw new UserException(
          "Cannot use %s '%s' with --output '%s': found it in the directory that --overwrite removes, expected another --output"
              .formatted(option, text, output));
    }
  }

  /** The labels may be a word, or the name of a column, which need not be a path. */
  private boolean isFile(String labels) {
    return Storage.isPath(labels) && Storage.of(new Path(labels), hadoop).exists(new Path(labels));
  }

  private static boolean isWithin(Path path, Path directory) {
    String[] inner = names(path);
    String[] outer = names(directory);
    boolean isWithin = isOnSameSystem(path, directory) && inner.length >= outer.length;
    for (int i = 0; isWithin && i < outer.length; i++) {
      isWithin = matches(inner[i], outer[i]);
    }
    return isWithin;
  }

  private static boolean isOnSameSystem(Path a, Path b) {
    return Objects.equals(a.toUri().getScheme(), b.toUri().getScheme())
        && Objects.equals(a.toUri().getAuthority(), b.toUri().getAuthority());
  }

  private static String[] names(Path path) {
    String text = path.toUri().getPath();
    return text.equals("/") ? new String[] {""} : text.split("/", -1);
  }

  /** A name that looks like a glob may also be the name of a file. */
  private static boolean matches(String nameOrGlob, String name) {
    if (nameOrGlob.equals(name)) {
      return true;
    }
    String glob = "glob:" + nameOrGlob.replace("[^", "[!");
    try {
      return FileSystems.getDefault().getPathMatcher(glob).matches(java.nio.file.Path.of(name));
    } catch (PatternSyntaxException e) {
      return false; // whoever reads the path says what is wrong with it
    }
  }

  /** Follows the links of the local file system, as far as there is something to follow. */
  private static Path real(Path path) {
    if (!"file".equals(path.toUri().getScheme())) {
      return path;
    }
    try {
      String real = java.nio.file.Path.of(path.toUri().getPath()).toRealPath().toString();
      return new Path("file", path.toUri().getAuthority(), real);
    } catch (IOException e) {
      return path; // nothing is there
    }
  }
}
