package org.imageclustering.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageclustering.spark.data.DataFixtures.idx;
import static org.imageclustering.spark.data.DataFixtures.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file of a table is read, or there is an error. */
final class ParquetTableIT {
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "4")
          .getOrCreate();

  @TempDir private Path folder;

  /** Rows of id, label, vector. */
  private static Dataset<Row> rows(long from, long until) {
    List<Row> rows = new ArrayList<>();
    for (long id = from; id < until; id++) {
      rows.add(RowFactory.create(id, "l" + id % 2, new Float[] {1f * id, 1f}));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("label", DataTypes.StringType)
            .add("vector", DataTypes.createArrayType(DataTypes.FloatType));
    return SPARK.createDataFrame(rows, schema).coalesce(1);
  }

  private String table(String name) {
    return folder.resolve(name).toString();
  }

  private static List<Long> ids(Dataset<Row> table) {
    return table.select("id").orderBy("id").collectAsList().stream()
        .map(row -> row.getLong(0))
        .toList();
  }

  @Test
  void filesInSubfoldersAreRead() {
    rows(0, 2).write().parquet(table("deep/a"));
    rows(2, 4).write().parquet(table("deep/b/c"));
    assertThat(ids(ParquetTable.open(SPARK, table("deep")))).containsExactly(0L, 1L, 2L, 3L);
    rows(4, 5).write().mode("append").parquet(table("deep"));
    assertThat(
            new Preparation(SPARK, InputOptions.of(table("deep")).withLabels("label"))
                .to(table("out"))
                .summary())
        .isEqualTo("5 vectors, 0 rejected, 5 labels");
    assertThat(ids(LabelTable.open(SPARK, table("deep")).rows())).hasSize(5);
  }

  @Test
  void namesWithWildcardsAreNoGlobs() {
    rows(0, 2).write().parquet(table("set[1]"));
    assertThat(ids(ParquetTable.open(SPARK, table("set[1]")))).containsExactly(0L, 1L);
    assertThat(ids(ParquetTable.open(SPARK, table("set*")))).containsExactly(0L, 1L);
  }

  @Test
  void foldersOfKeysAndValuesAreColumns() {
    rows(0, 4).write().partitionBy("label").parquet(table("parts"));
    for (String uri : List.of("parts", "parts/*/*.parquet")) {
      Dataset<Row> table = ParquetTable.open(SPARK, table(uri));
      assertThat(table.columns()).as(uri).containsExactly("id", "vector", "label");
      assertThat(ids(table.filter("label = 'l1'"))).containsExactly(1L, 3L);
    }
  }

  @Test
  void aFileBesideFoldersOfKeysAndValuesIsAUserError() throws IOException {
    rows(0, 4).write().partitionBy("label").parquet(table("mixed"));
    rows(4, 5).write().parquet(table("mixed/more"));
    String first = parquetFile("mixed/label=l0");
    String other = parquetFile("mixed/more");
    assertThatThrownBy(() -> ParquetTable.open(SPARK, table("mixed")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot read the Parquet table %s: found more/%s beside label=l0/%s, expected folders key=value of the same keys around every file or none"
                .formatted(table("mixed"), other, first));
  }

  @Test
  void aFileThatSparkPassesOverIsAUserError() throws IOException {
    rows(0, 2).write().parquet(table("hidden"));
    Path file = folder.resolve("hidden").resolve(parquetFile("hidden"));
    Files.copy(file, folder.resolve("hidden/_more.parquet"));
    assertThatThrownBy(() -> ParquetTable.open(SPARK, table("hidden")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("found file:" + folder + "/hidden/_more.parquet, expected names");
  }

  @Test
  void columnsOfOneNameAreAUserError() {
    SPARK.conf().set("spark.sql.caseSensitive", true);
    try {
      rows(0, 2).selectExpr("id", "id as ID", "vector").write().parquet(table("twice"));
    } finally {
      SPARK.conf().unset("spark.sql.caseSensitive");
    }
    assertThatThrownBy(() -> ParquetTable.open(SPARK, table("twice")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot read the Parquet table %s: found '", table("twice"))
        .hasMessageContaining("`id` already exists")
        .hasMessageEndingWith("expected files of one table");
  }

  @Test
  void labelsOfIdxFilesBecomeRowsInTheTasks() {
    byte[] first = idx(1, 70_000);
    byte[] second = idx(2, 3);
    write(folder.resolve("labels/a.idx"), first);
    write(folder.resolve("labels/b.idx"), second);
    Dataset<Row> rows = LabelTable.open(SPARK, table("labels")).rows();
    assertThat(rows.queryExecution().optimizedPlan()).isNotInstanceOf(LocalRelation.class);
    List<Row> found = rows.orderBy("id").collectAsList();
    assertThat(found).hasSize(70_003);
    for (int i = 0; i < found.size(); i++) {
      byte label = i < 70_000 ? first[8 + i] : second[8 + i - 70_000];
      assertThat(found.get(i)).isEqualTo(RowFactory.create((long) i, "" + (label & 0xff)));
    }
  }

  private String parquetFile(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".parquet") && !file.startsWith("."))
          .findFirst()
          .orElseThrow();
    }
  }
}
