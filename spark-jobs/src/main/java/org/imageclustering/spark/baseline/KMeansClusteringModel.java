package org.imageclustering.spark.baseline;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.spark.session.AddedColumns;
import scala.Option;

/**
 * The centres of k-means: {@code transform} adds {@code prediction}, the nearest centre, and {@code
 * confidence}, {@code 1 - d1 / d2} with the Euclidean distances to the nearest and the second
 * nearest centre. Distances are sums of doubles in a fixed order, and of equal ones the first wins.
 */
public final class KMeansClusteringModel extends Model<KMeansClusteringModel>
    implements MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final double[][] centres;
  private final double cost;
  private final Param<String> featuresCol;

  KMeansClusteringModel(String uid, double[][] centres, double cost) {
    this.uid = uid;
    this.centres = centres;
    this.cost = cost;
    // A Param takes its owner's uid when it is made.
    this.featuresCol = new Param<>(this, "featuresCol", "column of the vector to cluster");
    setDefault(featuresCol(), "features");
  }

  /** Returns a copy of the centres, k x d. */
  public double[][] centres() {
    double[][] copy = new double[centres.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = centres[i].clone();
    }
    return copy;
  }

  /** Returns the sum of squared distances of what was fitted from the nearest centres. */
  public double cost() {
    return cost;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    StructType schema = transformSchema(rows.schema());
    int column = rows.schema().fieldIndex(getOrDefault(featuresCol()));
    return rows.toDF().map(assignment(centres, column), ExpressionEncoder.apply(schema));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return outputSchema(schema, getOrDefault(featuresCol()));
  }

  @Override
  public KMeansClusteringModel copy(ParamMap extra) {
    KMeansClusteringModel copied = new KMeansClusteringModel(uid, centres, cost);
    copyValues(copied, extra);
    return copied.setParent(parent());
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Column of the vector. */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  /** Reads a model that was saved. */
  public static MLReader<KMeansClusteringModel> read() {
    return new Reader();
  }

  /** Reads a model that was saved. */
  public static KMeansClusteringModel load(String path) {
    return read().load(path);
  }

  static StructType outputSchema(StructType schema, String featuresCol) {
    if (!schema.apply(featuresCol).dataType().equals(SQLDataTypes.VectorType())) {
      throw new UserException(
          "Cannot cluster column '%s': found type %s, expected a vector"
              .formatted(featuresCol, schema.apply(featuresCol).dataType().simpleString()));
    }
    return AddedColumns.withClusters(schema, "prediction", "confidence");
  }

  private static MapFunction<Row, Row> assignment(double[][] centres, int column) {
    return row -> {
      Vector vector = row.getAs(column);
      double[] point = vector.toArray();
      int nearest = -1;
      double first = Double.POSITIVE_INFINITY;
      double second = Double.POSITIVE_INFINITY;
      for (int c = 0; c < centres.length; c++) {
        double distance = InitialCentres.squaredDistance(point, centres[c]);
        if (distance < first) {
          second = first;
          first = distance;
          nearest = c;
        } else if (distance < second) {
          second = distance;
        }
      }
      Object[] values = new Object[row.size() + 2];
      for (int i = 0; i < row.size(); i++) {
        values[i] = row.get(i);
      }
      values[row.size()] = nearest;
      values[row.size() + 1] = second == 0 ? 0.0 : 1 - Math.sqrt(first / second);
      return RowFactory.create(values);
    };
  }

  private static final class Writer extends MLWriter {
    private final KMeansClusteringModel model;

    Writer(KMeansClusteringModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
      StructType schema =
          new StructType()
              .add("cluster", DataTypes.IntegerType)
              .add("centre", SQLDataTypes.VectorType())
              .add("cost", DataTypes.DoubleType);
      Row[] rows = new Row[model.centres.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = RowFactory.create(i, Vectors.dense(model.centres[i]), model.cost);
      }
      sparkSession()
          .createDataFrame(Arrays.asList(rows), schema)
          .coalesce(1)
          .write()
          .parquet(path + "/data");
    }
  }

  private static final class Reader extends MLReader<KMeansClusteringModel> {
    @Override
    public KMeansClusteringModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sc(), KMeansClusteringModel.class.getName());
      List<Row> rows =
          sparkSession().read().parquet(path + "/data").orderBy("cluster").collectAsList();
      double[][] centres = new double[rows.size()][];
      for (int i = 0; i < centres.length; i++) {
        centres[i] = rows.get(i).<Vector>getAs("centre").toArray();
      }
      KMeansClusteringModel model =
          new KMeansClusteringModel(metadata.uid(), centres, rows.get(0).getAs("cost"));
      metadata.getAndSetParams(model, Option.empty());
      return model;
    }
  }
}
