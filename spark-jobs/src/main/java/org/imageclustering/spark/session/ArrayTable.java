package org.imageclustering.spark.session;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.linalg.FloatMatrix;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Named matrices as a table (name string, row int, values array of float), one row of the table a
 * row of a matrix: how models and stages keep their arrays in Parquet.
 */
public final class ArrayTable {
  private static final StructType SCHEMA =
      new StructType()
          .add("name", DataTypes.StringType, false)
          .add("row", DataTypes.IntegerType, false)
          .add("values", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  /** Rows of one partition: so that a table's partitions do not depend on the cluster. */
  private static final int ROWS_A_PARTITION = 20_000;

  private ArrayTable() {}

  /** Returns the table of some matrices, which the driver holds. */
  public static Dataset<Row> of(SparkSession spark, Map<String, FloatMatrix> matrices) {
    List<Row> rows = new ArrayList<>();
    matrices.forEach(
        (name, matrix) -> {
          for (int i = 0; i < matrix.rows(); i++) {
            rows.add(RowFactory.create(name, i, matrix.row(i)));
          }
        });
    int partitions = 1 + rows.size() / ROWS_A_PARTITION;
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    return spark.createDataFrame(context.parallelize(rows, partitions), SCHEMA);
  }

  /**
   * Returns the matrices of a table. The driver receives all of them as primitive arrays: 4 bytes a
   * number, and as many again while they are put together.
   */
  public static Map<String, FloatMatrix> read(Dataset<Row> table) {
    Map<String, TreeMap<Integer, float[]>> rows = new TreeMap<>();
    for (MatrixRow row : table.javaRDD().map(MatrixRow::new).collect()) {
      rows.computeIfAbsent(row.name, name -> new TreeMap<>()).put(row.number, row.values);
    }
    Map<String, FloatMatrix> matrices = new TreeMap<>();
    rows.forEach((name, byIndex) -> matrices.put(name, matrix(byIndex)));
    return matrices;
  }

  private static FloatMatrix matrix(SortedMap<Integer, float[]> byIndex) {
    int columns = byIndex.get(byIndex.firstKey()).length;
    FloatMatrix matrix = FloatMatrix.zeros(byIndex.size(), columns);
    byIndex.forEach(
        (row, values) -> System.arraycopy(values, 0, matrix.values(), row * columns, columns));
    return matrix;
  }

  /** A row on its way to the driver; in the table's own rows numbers are boxed, 20 bytes each. */
  private static final class MatrixRow implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String name;
    private final int number;
    private final float[] values;

    MatrixRow(Row row) {
      this.name = row.getString(0);
      this.number = row.getInt(1);
      this.values = floats(row.getSeq(2));
    }

    private static float[] floats(Seq<Float> values) {
      float[] array = new float[values.size()];
      int i = 0;
      for (Float value : JavaConverters.seqAsJavaList(values)) {
        array[i++] = value;
      }
      return array;
    }
  }
}
