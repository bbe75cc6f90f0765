package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.imageclustering.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"-1", "5000001", "2147483647"})
  void aCapOutOfRangeIsRefused(String cap) {
    Config settings = ConfigFactory.parseString("tables.cap = " + cap);
    assertThatThrownBy(() -> Tables.cap(settings))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot use tables.cap: found " + cap + ", expected 0 to 5000000");
  }

  @Test
  void theCapMayBeZero() {
    assertThat(Tables.cap(ConfigFactory.parseString("tables.cap = 0"))).isZero();
  }
}
