package org.imageclustering.spark.refine;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.refine.LinearClassifier;
import org.imageclustering.refine.PrincipalComponents;
import org.imageclustering.spark.session.ArrayTable;

/** Components and classifiers as tables, for stages and for saved models. */
final class SvmTables {
  private SvmTables() {}

  /** Returns the table of components. */
  static Dataset<Row> components(SparkSession spark, PrincipalComponents components) {
    Map<String, FloatMatrix> arrays = new TreeMap<>();
    arrays.put("axes", components.axes());
    arrays.put("offset", new FloatMatrix(1, components.offset().length, components.offset()));
    return ArrayTable.of(spark, arrays);
  }

  /** Returns the components of a table; all of it reaches the driver. */
  static PrincipalComponents components(Dataset<Row> table) {
    Map<String, FloatMatrix> arrays = ArrayTable.read(table);
    return new PrincipalComponents(arrays.get("axes"), arrays.get("offset").values());
  }

  /** Returns the table of classifiers, a row each: the weights and the bias. */
  static Dataset<Row> classifiers(SparkSession spark, LinearClassifier... classifiers) {
    int d = classifiers[0].weights().length;
    FloatMatrix rows = FloatMatrix.zeros(classifiers.length, d + 1);
    for (int c = 0; c < classifiers.length; c++) {
      System.arraycopy(classifiers[c].weights(), 0, rows.values(), rows.offset(c), d);
      rows.values()[rows.offset(c) + d] = classifiers[c].bias();
    }
    Map<String, FloatMatrix> arrays = new TreeMap<>();
    arrays.put("classifiers", rows);
    return ArrayTable.of(spark, arrays);
  }

  /** Returns the classifiers of a table. */
  static LinearClassifier[] classifiers(Dataset<Row> table) {
    FloatMatrix rows = ArrayTable.read(table).get("classifiers");
    int d = rows.columns() - 1;
    LinearClassifier[] classifiers = new LinearClassifier[rows.rows()];
    for (int c = 0; c < classifiers.length; c++) {
      float[] row = rows.row(c);
      classifiers[c] = new LinearClassifier(Arrays.copyOf(row, d), row[d]);
    }
    return classifiers;
  }
}
