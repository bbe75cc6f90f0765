package org.imageclustering.spark.spectral;

import java.util.Arrays;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

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

  /** Returns the lengths that a column tells, or one part of all entries. */
  static int[] of(StructType schema, String column, int entries) {
    StructField field = schema.apply(column);
    return field.metadata().contains(KEY)
        ? Arrays.stream(field.metadata().getLongArray(KEY)).mapToInt(Math::toIntExact).toArray()
        : new int[] {entries};
  }
}
