package org.imageclustering.spark.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;

/** Opens Parquet that a user names, with a clear message where it is something else. */
final class ParquetTable {
  private static final String MAGIC = "PAR1";
  private static final int FILES = 100;

  private ParquetTable() {}

  /**
   * Opens a table.
   *
   * @throws UserException if one of the first hundred files does not begin and end like Parquet
   */
  static Dataset<Row> open(SparkSession spark, InputFiles input) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    for (InputFile file : input.files().subList(0, Math.min(FILES, input.files().size()))) {
      if (!InputFiles.unchecked(() -> isParquet(file, hadoop))) {
        throw new UserException(
            "Cannot read the Parquet table %s: found %s, expected whole Parquet files only"
                .formatted(input.input(), file.path()));
      }
    }
    return spark.read().parquet(input.input());
  }

  private static boolean isParquet(InputFile file, Configuration hadoop) throws IOException {
    int length = MAGIC.length();
    if (file.length() < 3L * length) {
      return false;
    }
    byte[] first = new byte[length];
    byte[] last = new byte[length];
    Path path = new Path(file.path());
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
      in.readFully(0, first);
      in.readFully(file.length() - length, last);
    }
    return isMagic(first) && isMagic(last);
  }

  private static boolean isMagic(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).equals(MAGIC);
  }
}
