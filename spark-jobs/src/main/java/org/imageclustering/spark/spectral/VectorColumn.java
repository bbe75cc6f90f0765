package org.imageclustering.spark.spectral;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import scala.collection.Seq;

/** Reads a column of MLlib vectors, {@code array<float>} or {@code array<double>} as floats. */
final class VectorColumn implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final int index;
  private final boolean isVector;

  private VectorColumn(String name, int index, boolean isVector) {
    this.name = name;
    this.index = index;
    this.isVector = isVector;
  }

  /**
   * Returns the reader of a column.
   *
   * @throws UserException if there is no such column or it holds something else
   */
  static VectorColumn of(StructType schema, String name) {
    int index = Arrays.asList(schema.fieldNames()).indexOf(name);
    if (index < 0) {
      throw new UserException(
          "Cannot cluster column '%s': found columns %s, expected it among them"
              .formatted(name, String.join(", ", schema.fieldNames())));
    }
    DataType type = schema.fields()[index].dataType();
    boolean isVector = type.equals(SQLDataTypes.VectorType());
    if (!isVector && !isArrayOfNumbers(type)) {
      throw new UserException(
          "Cannot cluster column '%s': found type %s, expected a vector, array<float> or"
                  .formatted(name, type.simpleString())
              + " array<double>");
    }
    return new VectorColumn(name, index, isVector);
  }

  /**
   * Checks the column of the ids.
   *
   * @throws UserException if there is no such column or it does not hold integers
   */
  static void requireId(StructType schema, String name) {
    int index = Arrays.asList(schema.fieldNames()).indexOf(name);
    String found = index < 0 ? "no such column" : schema.fields()[index].dataType().simpleString();
    if (!found.equals("bigint") && !found.equals("int")) {
      throw new UserException(
          "Cannot use id column '%s': found %s, expected bigint or int".formatted(name, found));
    }
  }

  private static boolean isArrayOfNumbers(DataType type) {
    return type instanceof ArrayType
        && (((ArrayType) type).elementType().equals(DataTypes.FloatType)
            || ((ArrayType) type).elementType().equals(DataTypes.DoubleType));
  }

  /**
   * Returns the row's vector.
   *
   * @param place names the row in messages: {@code the row of id 7}
   * @throws UserException if it is null or has an entry that is not a finite float
   */
  float[] read(Row row, String place) {
    if (row.isNullAt(index)) {
      throw new UserException(
          "Cannot cluster column '%s': found null in %s, expected a vector".formatted(name, place));
    }
    float[] vector = isVector ? ofVector(row.getAs(index)) : ofArray(row.getAs(index), place);
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        throw new UserException(
            "Cannot cluster column '%s': found %s in %s, expected finite numbers"
                .formatted(name, value, place));
      }
    }
    return vector;
  }

  /** Returns the message about a vector of another length than the others. */
  UserException otherLength(String place, int found, int expected) {
    return new UserException(
        "Cannot cluster column '%s': found a vector of length %d in %s, expected %d"
            .formatted(name, found, place, expected));
  }

  private static float[] ofVector(Vector vector) {
    double[] values = vector.toArray();
    float[] floats = new float[values.length];
    for (int j = 0; j < floats.length; j++) {
      floats[j] = (float) values[j];
    }
    return floats;
  }

  private float[] ofArray(Seq<?> values, String place) {
    float[] floats = new float[values.size()];
    for (int j = 0; j < floats.length; j++) {
      Object value = values.apply(j);
      if (value == null) {
        throw new UserException(
            "Cannot cluster column '%s': found a null entry in %s, expected numbers"
                .formatted(name, place));
      }
      floats[j] = ((Number) value).floatValue();
    }
    return floats;
  }
}
