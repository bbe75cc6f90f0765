package org.imageclustering.spark.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;
import org.imageclustering.UserException;

/**
 * The files of an input, sorted by their path relative to it: a file, all files below a directory,
 * or those that match a glob. Names and lengths only, on the driver: about 300 bytes a file.
 *
 * <p>Left out are files and folders whose name starts with a dot, and what Spark leaves in an
 * output ({@code _SUCCESS}, {@code _temporary}). Other names with an underscore are kept: cameras
 * write {@code _DSC0001.jpg}.
 */
final class InputFiles {
  private static final Set<String> LEFT_BY_SPARK =
      Set.of("_SUCCESS", "_temporary", "_metadata", "_common_metadata", "_committed", "_started");

  private final String input;
  private final String root;
  private final List<InputFile> files;
  private final boolean single;

  private InputFiles(String input, String root, List<InputFile> files, boolean single) {
    this.input = input;
    this.root = root;
    this.files = List.copyOf(files);
    this.single = single;
  }

  /**
   * Lists an input.
   *
   * @throws UserException if nothing is there, or no file that is not empty
   */
  static InputFiles list(String input, Configuration hadoop) {
    try {
      return listed(input, hadoop);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "Cannot read the input %s: found '%s', expected a path that can be listed"
              .formatted(input, firstLine(e.getMessage())),
          e);
    }
  }

  private static InputFiles listed(String input, Configuration hadoop) throws IOException {
    Path path = new Path(input);
    FileSystem system = path.getFileSystem(hadoop);
    boolean literal = system.exists(path);
    FileStatus[] roots =
        literal ? new FileStatus[] {system.getFileStatus(path)} : system.globStatus(path);
    if (roots == null || roots.length == 0) {
      throw new UserException(
          "Cannot read the input %s: found nothing there, expected a file, directory or glob"
              .formatted(input));
    }
    boolean single = literal && roots[0].isFile();
    Path base = literal ? path : fixedPart(path);
    Path root = system.makeQualified(single ? base.getParent() : base);
    List<InputFile> files = new ArrayList<>();
    for (FileStatus status : roots) {
      collect(system, status, prefix(root), files);
    }
    files.sort(Comparator.comparing(InputFile::relative));
    checkNotEmpty(input, files);
    return new InputFiles(input, root.toString(), files, single);
  }

  /** The part of a glob that has no wildcard: relative paths start there. */
  private static Path fixedPart(Path glob) {
    Path fixed = glob;
    for (Path part = glob; part != null; part = part.getParent()) {
      if (part.getName().matches(".*[*?\\[{].*")) {
        fixed = part.getParent();
      }
    }
    return fixed;
  }

  private static String prefix(Path root) {
    String text = root.toString();
    return text.endsWith("/") ? text : text + "/";
  }

  /**
   * Object stores list everything below a prefix at once. The local file system would start a
   * process for each file that is listed with its blocks, so it is walked.
   */
  private static void collect(
      FileSystem system, FileStatus status, String prefix, List<InputFile> into)
      throws IOException {
    boolean walk = "file".equals(system.getUri().getScheme());
    if (status.isFile()) {
      add(status, prefix, into);
    } else if (walk) {
      for (FileStatus child : system.listStatus(status.getPath())) {
        collect(system, child, prefix, into);
      }
    } else {
      RemoteIterator<LocatedFileStatus> all = system.listFiles(status.getPath(), true);
      while (all.hasNext()) {
        add(all.next(), prefix, into);
      }
    }
  }

  private static void add(FileStatus file, String prefix, List<InputFile> into) {
    String path = file.getPath().toString();
    String relative = path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    if (!isHidden(relative)) {
      into.add(new InputFile(path, relative, file.getLen()));
    }
  }

  private static boolean isHidden(String relative) {
    for (String name : relative.split("/", -1)) {
      if (name.startsWith(".") || LEFT_BY_SPARK.contains(name)) {
        return true;
      }
    }
    return false;
  }

  private static void checkNotEmpty(String input, List<InputFile> files) {
    if (files.isEmpty()) {
      throw new UserException(
          "Cannot read the input %s: found no files, expected at least one".formatted(input));
    }
    if (files.stream().allMatch(file -> file.length() == 0)) {
      throw new UserException(
          "Cannot read the input %s: found only empty files, expected images or vectors"
              .formatted(input));
    }
  }

  /** Returns the first line of a failure's message. */
  static String firstLine(String message) {
    return message == null ? "no reason" : message.lines().findFirst().orElse("no reason");
  }

  /** Returns the same files, whose origins show the given name instead of their paths. */
  InputFiles named(String name) {
    List<InputFile> named = files.stream().map(file -> file.named(name)).toList();
    return new InputFiles(name, root, named, single);
  }

  /** Returns the input as the user named it. */
  String input() {
    return input;
  }

  /** Returns the folder that relative paths start at. */
  String root() {
    return root;
  }

  /** Returns the files, sorted by relative path. */
  List<InputFile> files() {
    return files;
  }

  /** Returns whether the input is one file, named as such. */
  boolean isSingle() {
    return single;
  }

  /** Returns the sum of the lengths in bytes. */
  long bytes() {
    return files.stream().mapToLong(InputFile::length).sum();
  }

  /** Opens a file; used by driver and tasks alike. */
  static InputStream open(String path, Configuration hadoop) throws IOException {
    Path file = new Path(path);
    return file.getFileSystem(hadoop).open(file);
  }

  /**
   * Returns whether a failure means that a file is gone or forbidden. Any other failure to read may
   * pass, and is for Spark to retry.
   */
  static boolean cannotBeOpened(IOException failure) {
    return failure instanceof FileNotFoundException
        || failure instanceof AccessControlException
        || failure instanceof NoSuchFileException
        || failure instanceof AccessDeniedException;
  }

  /** Returns what an action gives that opens a file, or nothing if the file cannot be opened. */
  static <T> Optional<T> ifOpened(IoAction<T> action) throws IOException {
    try {
      return Optional.of(action.run());
    } catch (IOException e) {
      if (cannotBeOpened(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Returns what an action gives that opens a file without which the input is not whole.
   *
   * @throws UserException if the file cannot be opened
   */
  static <T> T opened(InputFile file, IoAction<T> action) {
    return unchecked(
        () -> {
          try {
            return action.run();
          } catch (IOException e) {
            if (!cannotBeOpened(e)) {
              throw e;
            }
            throw new UserException(
                "Cannot read %s: found '%s', expected a file that can be opened"
                    .formatted(file.path(), firstLine(e.getMessage())),
                e);
          }
        });
  }

  /** Returns what an action on a file gives, with its failure unchecked. */
  static <T> T unchecked(IoAction<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something that reads or writes. */
  @FunctionalInterface
  interface IoAction<T> {
    /** Does it. */
    T run() throws IOException;
  }
}
