package org.imageclustering.spark.job;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.spark.settings.Settings;

/** How an image enters a method: the keys {@code features} and {@code final}. */
public final class Representation {
  /** An image's pixels, in [0, 1]. */
  public static final String PIXELS = "pixels";

  /** The vector column of a data set of vectors. */
  public static final String COLUMN = "column";

  private static final String AUTO = "auto";

  private Representation() {}

  /**
   * Returns the configuration with {@code final} concrete, and {@code features} checked.
   *
   * @throws UserException if the method has no such representation or last step
   */
  static Config checked(Method method, Config config) {
    String features = config.getString("features");
    if (!features.equals(AUTO)) {
      oneOf(method, "features", features, method.representations());
    }
    String last = config.getString("final");
    if (last.equals(AUTO)) {
      return Settings.with(config, "final", method.lastSteps().get(0));
    }
    oneOf(method, "final", last, method.lastSteps());
    return config;
  }

  /**
   * Returns the configuration with {@code features} concrete for this input.
   *
   * @throws UserException if the method does not take such input
   */
  static Config resolved(Method method, Config config, MethodInput input) {
    String fitting = input.kind() == MethodInput.Kind.IMAGES ? PIXELS : COLUMN;
    String features = config.getString("features");
    if (!method.representations().contains(fitting)
        || !(features.equals(AUTO) || features.equals(fitting))) {
      throw new UserException(
          "Cannot run %s with --features %s: found a data set of %s, expected one of %s"
              .formatted(
                  method.name(),
                  features,
                  input.kind() == MethodInput.Kind.IMAGES ? "images" : "vectors",
                  features.equals(COLUMN) ? "vectors" : "images"));
    }
    return Settings.with(config, "features", fitting);
  }

  /** Returns id, features: the pixels in [0, 1] or the column of vectors, as MLlib vectors. */
  public static Dataset<Row> vectors(MethodInput input) {
    if (input.kind() == MethodInput.Kind.VECTORS) {
      return input
          .rows()
          .select(col("id"), functions.array_to_vector(col("vector")).as("features"));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add("features", SQLDataTypes.VectorType(), false);
    return input.rows().select("id", "pixels").map(pixels(), ExpressionEncoder.apply(schema));
  }

  private static MapFunction<Row, Row> pixels() {
    return row -> {
      byte[] pixels = row.getAs(1);
      double[] values = new double[pixels.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = Byte.toUnsignedInt(pixels[i]) / 255.0;
      }
      return RowFactory.create(row.getLong(0), Vectors.dense(values).compressed());
    };
  }

  private static void oneOf(Method method, String key, String found, List<String> known) {
    if (!known.contains(found)) {
      throw new UserException(
          "Cannot run %s with --%s %s: expected one of %s"
              .formatted(method.name(), key, found, String.join(", ", known)));
    }
  }
}
