package org.imageclustering.spark.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.imageclustering.UserException;
import org.imageclustering.data.Gzip;
import org.imageclustering.data.IdxHeader;
import org.imageclustering.data.IdxReader;

/** An IDX file whose head has been read: of a plain file, its length is checked as well. */
final class IdxFile implements Serializable {
  private static final long serialVersionUID = 1L;

  private final InputFile file;
  private final IdxHeader header;
  private final boolean packed;

  private IdxFile(InputFile file, IdxHeader header, boolean packed) {
    this.file = file;
    this.header = header;
    this.packed = packed;
  }

  /**
   * Reads the heads of an input's files and returns those of images, or of labels. In a directory
   * or glob the others are left out; a file that is named itself must be what is wanted.
   *
   * @throws UserException if a head is not IDX, a plain file's length differs from what its head
   *     promises, or no file is what is wanted
   */
  static List<IdxFile> list(InputFiles input, boolean labels, Configuration hadoop) {
    List<IdxFile> all =
        input.files().stream()
            .map(file -> InputFiles.opened(file, () -> open(file, hadoop)))
            .collect(Collectors.toList());
    List<IdxFile> wanted =
        all.stream().filter(file -> file.header.isLabels() == labels).collect(Collectors.toList());
    if (wanted.isEmpty()) {
      throw new UserException(
          "Cannot read %s from %s: found IDX files of %s only, expected %s"
              .formatted(
                  labels ? "labels" : "images",
                  input.input(),
                  labels ? "images" : "labels (rank 1)",
                  labels ? "rank 1" : "rank 3 or 4"));
    }
    return wanted;
  }

  private static IdxFile open(InputFile file, Configuration hadoop) throws IOException {
    try (InputStream in = InputFiles.open(file.path(), hadoop);
        IdxReader reader = IdxReader.open(in, file.path())) {
      boolean packed = isPacked(file, hadoop);
      if (!packed) {
        reader.header().checkLength(file.length());
      }
      return new IdxFile(file, reader.header(), packed);
    } catch (EOFException e) {
      throw new UserException(
          "Cannot read the IDX file %s: found %d bytes, expected a whole gzip file"
              .formatted(file.path(), file.length()),
          e);
    }
  }

  private static boolean isPacked(InputFile file, Configuration hadoop) throws IOException {
    try (InputStream in = InputFiles.open(file.path(), hadoop)) {
      return Gzip.matches(in.readNBytes(2));
    }
  }

  InputFile file() {
    return file;
  }

  IdxHeader header() {
    return header;
  }

  /** Returns whether the file is one gzip stream, which only one task can read. */
  boolean isPacked() {
    return packed;
  }

  /** Returns a reader that stands at the given record: by a seek, or by unpacking up to it. */
  IdxReader readerAt(long record, Configuration hadoop) throws IOException {
    Path path = new Path(file.path());
    FSDataInputStream in = path.getFileSystem(hadoop).open(path);
    if (!packed) {
      in.seek(header.offset(record));
      return IdxReader.resume(in, header, record);
    }
    IdxReader reader = IdxReader.open(in, file.path());
    for (long i = 0; i < record; i++) {
      reader.next();
    }
    return reader;
  }
}
