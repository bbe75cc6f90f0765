package org.imageclustering.spark.spectral;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.Options;
import org.imageclustering.UserException;

/**
 * What a column of vectors says of its parts: the metadata {@code views}, the lengths of the parts
 * that are views of their own, in their order. Spark carries it along, into Parquet and back.
 */
public final class Views {
  private static final String KEY = "views";

  private Views() {}

  /** Returns the metadata of a column whose vectors have parts of these lengths. */
  public static Metadata metadata(int... lengths) {
    long[] views = Arrays.stream(lengths).asLongStream().toArray();
    return new MetadataBuilder().putLongArray(KEY, views).build();
  }

  /**
   * Returns the lengths of the views of a column's vectors: those given, or those that the column
   * tells, or one of all entries.
   *
   * @param given {@code spectral.views}
   * @throws UserException if they do not sum to the length of the vectors
   */
  static int[] of(StructType schema, String column, int entries, List<Integer> given) {
    int[] views =
        given.isEmpty()
            ? told(schema.apply(column).metadata(), entries)
            : given.stream().mapToInt(v -> v).toArray();
    Options.require(
        Arrays.stream(views).sum() == entries,
        "spectral.views",
        Arrays.toString(views),
        "lengths that sum to the vectors', " + entries);
    return views;
  }

  private static int[] told(Metadata column, int entries) {
    return column.contains(KEY)
        ? Arrays.stream(column.getLongArray(KEY)).mapToInt(Math::toIntExact).toArray()
        : new int[] {entries};
  }
}
