package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

final class TablesTest {
  private static final String[] COLUMNS = {"id", "name", "value", "vector"};
  private static final List<Row> ROWS =
      List.of(
          RowFactory.create(9007199254740993L, "a,\"b\"", Double.NaN, Vectors.dense(1, 2.5)),
          RowFactory.create(2L, "c", 0.5, Vectors.dense(3, 4)));

  @Test
  void jsonHoldsIdsAsStringsAndNullForNaN() {
    assertThat(Tables.json(COLUMNS, ROWS, 2))
        .hasToString(
            "{\"columns\":[\"id\",\"name\",\"value\",\"vector\"],\"rows\":[[\"9007199254740993\","
                + "\"a,\\\"b\\\"\",null,[1.0,2.5]],[\"2\",\"c\",0.5,[3.0,4.0]]],\"cap\":2}");
  }

  @Test
  void csvQuotesAndSeparatesEntriesBySpaces() {
    assertThat(Tables.csv(COLUMNS, ROWS))
        .isEqualTo(
            "id,name,value,vector\n9007199254740993,\"a,\"\"b\"\"\",,1.0 2.5\n2,c,0.5,3.0 4.0\n");
  }
}
