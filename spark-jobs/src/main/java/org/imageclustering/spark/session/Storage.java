package org.imageclustering.spark.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.imageclustering.UserException;

/**
 * The few operations on a Hadoop file system that a run directory is made of. Lives on the driver.
 */
public final class Storage {
  /** A rename copies there, and is not atomic; a put of one file is. */
  private static final Set<String> OBJECT_STORES =
      Set.of("s3", "s3a", "s3n", "gs", "oss", "cosn", "obs", "swift", "wasb", "wasbs");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final FileSystem files;
  private final Configuration hadoop;

  private Storage(FileSystem files, Configuration hadoop) {
    this.files = files;
    this.hadoop = hadoop;
  }

  /**
   * Returns the storage that a path lies on.
   *
   * @throws UserException if its file system is unknown or cannot be reached
   */
  public static Storage of(Path path, Configuration hadoop) {
    try {
      return new Storage(path.getFileSystem(hadoop), hadoop);
    } catch (IOException e) {
      String advice =
          "s3a".equals(path.toUri().getScheme())
              ? "the S3A client on the class path (hadoop-aws of your Spark's Hadoop by spark.jars.packages, or mvn package -Ps3a for the embedded Spark)"
              : "a file system that can be reached";
      throw new UserException(
          "Cannot open '%s': found %s, expected %s".formatted(path, e.getMessage(), advice), e);
    }
  }

  /**
   * Returns the path that an option names.
   *
   * @param option the option's name, for the message
   * @throws UserException if the text is empty or no path
   */
  public static Path path(String option, String text) {
    if (text.isBlank()) {
      throw new UserException(
          "Cannot use %s '': found an empty path, expected a path or URI".formatted(option));
    }
    try {
      return new Path(text);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "Cannot use %s '%s': found a text that is no path, expected a path or a URI such as hdfs:///a/b"
              .formatted(option, text),
          e);
    }
  }

  /** Returns whether a text can be a path, as an option may also take a word that is none. */
  public static boolean isPath(String text) {
    try {
      return !text.isBlank() && !new Path(text).toString().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns whether a rename on this storage is atomic. */
  public boolean renamesAtomically() {
    return !OBJECT_STORES.contains(files.getScheme());
  }

  /** Returns the path with its scheme and authority. */
  public Path qualify(Path path) {
    return files.makeQualified(path);
  }

  /** Returns whether there is a file or directory. */
  public boolean exists(Path path) {
    return unchecked(() -> files.exists(path));
  }

  /** Returns whether a directory has no entry but perhaps the one of this name. */
  public boolean holdsOnly(Path directory, String name) {
    return unchecked(
        () -> {
          for (var status : files.listStatus(directory)) {
            if (!status.getPath().getName().equals(name)) {
              return false;
            }
          }
          return true;
        });
  }

  /** Returns the total length of the files below a path in bytes. */
  public long bytes(Path path) {
    return unchecked(() -> files.getContentSummary(path).getLength());
  }

  /** Deletes what is at the path, if anything is. */
  public void delete(Path path) {
    unchecked(() -> files.delete(path, true));
  }

  /** Deletes what is at the path, if anything is, when the process ends and Spark has stopped. */
  public void deleteAtExit(Path path) {
    unchecked(() -> files.deleteOnExit(path));
  }

  /** Deletes what is below a directory, except the entries of these names. */
  public void clearExcept(Path directory, Set<String> names) {
    unchecked(
        () -> {
          for (var status : files.listStatus(directory)) {
            if (!names.contains(status.getPath().getName())) {
              files.delete(status.getPath(), true);
            }
          }
          return null;
        });
  }

  /** Deletes the attempts in a run's directory: what was being written when a process ended. */
  public void deleteAttempts(Path directory) {
    unchecked(
        () -> {
          for (var status : files.listStatus(directory)) {
            String name = status.getPath().getName();
            if (name.startsWith("_work") || name.endsWith(".tmp")) {
              files.delete(status.getPath(), true);
            }
          }
          return null;
        });
  }

  /**
   * Creates a directory and those above it, where they are missing.
   *
   * @throws UserException if that is not possible
   */
  public void makeDirectory(Path path) {
    if (!unchecked(() -> files.mkdirs(path))) {
      throw unusable("that '" + path + "' cannot be made", null);
    }
  }

  /** Puts a finished directory in its place, where an unfinished one may lie. */
  public void move(Path from, Path to) {
    unchecked(
        () -> {
          files.delete(to, true);
          files.mkdirs(to.getParent());
          if (!files.rename(from, to)) {
            throw new IOException("Cannot rename " + from + " to " + to);
          }
          return null;
        });
  }

  /** Copies a directory on this storage, through this process. */
  public void copy(Path from, Path to) {
    unchecked(
        () -> {
          files.mkdirs(to.getParent());
          if (!FileUtil.copy(files, from, files, to, false, hadoop)) {
            throw new IOException("Cannot copy " + from + " to " + to);
          }
          return null;
        });
  }

  /** Creates an empty file; returns false if it exists already. */
  public boolean createExclusively(Path path) {
    return unchecked(() -> bare().createNewFile(path));
  }

  /** Returns when a file was last written in milliseconds since 1970, or 0 if there is none. */
  public long modificationMillis(Path path) {
    return unchecked(
        () -> {
          try {
            return files.getFileStatus(path).getModificationTime();
          } catch (FileNotFoundException e) {
            return 0L;
          }
        });
  }

  /**
   * Reads a JSON object, or nothing if the file does not exist.
   *
   * @throws UserException if it holds something else; the message names the file
   */
  public Optional<ObjectNode> readJson(Path path) {
    return unchecked(
        () -> {
          try (FSDataInputStream in = bare().open(path)) {
            JsonNode node = JSON.readTree(in.readAllBytes());
            if (node instanceof ObjectNode object) {
              return Optional.of(object);
            }
            throw new UserException(
                "Cannot read '%s': found %s, expected a JSON object"
                    .formatted(path, node.getNodeType()));
          } catch (FileNotFoundException e) {
            if (isDenied(e)) {
              throw e;
            }
            return Optional.empty();
          } catch (JsonProcessingException e) {
            throw new UserException(
                "Cannot read '%s': found it damaged (%s), expected a JSON object; remove its directory to start anew"
                    .formatted(path, e.getOriginalMessage()),
                e);
          }
        });
  }

  /** Replaces a JSON file by one atomic rename or put: a reader sees the old or the new one. */
  public void replaceJson(Path path, ObjectNode content) {
    try {
      replace(path, JSON.writeValueAsBytes(content));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON object can be written", e);
    }
  }

  /** Replaces a file by one atomic rename or put: a reader sees the old or the new one. */
  public void replace(Path path, byte[] bytes) {
    unchecked(
        () -> {
          if (!renamesAtomically()) {
            write(path, bytes);
            return null;
          }
          Path written =
              new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID() + ".tmp");
          write(written, bytes);
          rename(written, path);
          return null;
        });
  }

  private void write(Path path, byte[] bytes) throws IOException {
    try (OutputStream out = bare().create(path, true)) {
      out.write(bytes);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (files instanceof LocalFileSystem) {
      if (!bare().rename(from, to)) {
        throw new IOException("Cannot rename " + from + " to " + to);
      }
      return;
    }
    FileContext.getFileContext(from.toUri(), hadoop).rename(from, to, Options.Rename.OVERWRITE);
  }

  /**
   * Returns the file system without checksum files: a checksum beside a file that is replaced by a
   * rename would belong to the old one for a moment.
   */
  private FileSystem bare() {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private static <T> T unchecked(Work<T> work) {
    try {
      return work.run();
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException
        | org.apache.hadoop.fs.ParentNotDirectoryException e) {
      throw unusable(e.getMessage(), e);
    } catch (IOException e) {
      if (isDenied(e)) {
        throw unusable(e.getMessage(), e);
      }
      throw new UncheckedIOException(e);
    }
  }

  private static UserException unusable(String found, IOException cause) {
    return new UserException(
        "Cannot use the run directory: found %s, expected a directory that can be read and written"
            .formatted(found),
        cause);
  }

  /** The local file system tells in three ways that it may not, HDFS in one. */
  static boolean isDenied(IOException e) {
    return e instanceof org.apache.hadoop.security.AccessControlException
        || e instanceof java.nio.file.AccessDeniedException
        || String.valueOf(e.getMessage()).endsWith("(Permission denied)");
  }
}
