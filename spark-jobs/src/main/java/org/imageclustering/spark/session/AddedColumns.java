package org.imageclustering.spark.session;

import java.util.Arrays;
import java.util.List;
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
}
