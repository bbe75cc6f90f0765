package org.imageclustering.spark.session;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Random draws of the rows of a table as a function of (seed, id), by Spark's own hash. */
public final class DrawnRows {
  private DrawnRows() {}

  /**
   * Returns the rows of the smallest hashes, in the order of the hashes and the ids. One count; a
   * little more than {@code size} rows leave their partitions, where an order and a limit alone
   * would move so many of each partition.
   *
   * @param rows with a column {@code id}
   * @param size at least 1
   */
  public static Dataset<Row> of(Dataset<Row> rows, int size, long seed) {
    Column hash = xxhash64(lit(seed), col("id"));
    double share = Draw.share(size, rows.count());
    Dataset<Row> some = share < 1 ? rows.filter(hash.leq(lit(bound(share)))) : rows;
    return some.orderBy(hash, col("id")).limit(size);
  }

  /**
   * Returns the hash that so large a share of all hashes, signed numbers of 64 bits, stay below.
   *
   * @param share below 1
   */
  private static long bound(double share) {
    return (long) ((share - 0.5) * 0x1p64);
  }
}
