package org.imageclustering.spark.session;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;

/** The columns that an estimator's model adds to its input. */
public final class AddedColumns {
  private AddedColumns() {}

  /**
   * Checks that an input leaves the names free.
   *
   * @throws UserException naming the first column that is there already
   */
  public static void requireFree(StructType schema, String... names) {
    List<String> taken = Arrays.asList(schema.fieldNames());
    for (String name : names) {
      if (taken.contains(name)) {
        throw new UserException(
            "Cannot add column '%s': found it in the input, expected it to be free"
                .formatted(name));
      }
    }
  }

  /**
   * Returns a schema with a vector at its end.
   *
   * @throws UserException if there is a column of that name already
   */
  public static StructType withVector(StructType schema, String name) {
    requireFree(schema, name);
    return schema.add(name, SQLDataTypes.VectorType(), false);
  }

  /**
   * Returns a schema with a cluster (int) and its confidence (double) at its end.
   *
   * @throws UserException naming the first column that is there already
   */
  public static StructType withClusters(StructType schema, String prediction, String confidence) {
    requireFree(schema, prediction, confidence);
    return schema
        .add(prediction, DataTypes.IntegerType, false)
        .add(confidence, DataTypes.DoubleType, false);
  }
}
