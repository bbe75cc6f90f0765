package org.imageclustering.spark.spectral;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.partition.Landmarks;
import scala.Option;

/**
 * A saved model: MLlib's {@code metadata/} and, as Parquet, {@code settings/} (one row), {@code
 * landmarks/} (one row a distinct point), {@code fitted/} (id, landmark), {@code spectrum/} and
 * {@code scores/}.
 */
final class SpectralEmbeddingPersistence {
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);

  private static final StructType SETTINGS =
      new StructType()
          .add("clusters", DataTypes.IntegerType, false)
          .add("voters", DataTypes.IntegerType, false)
          .add("components", DataTypes.IntegerType, false)
          .add("seed", DataTypes.LongType, false)
          .add("chosen", DataTypes.IntegerType, false);

  private static final StructType LANDMARKS =
      new StructType()
          .add("landmark", DataTypes.IntegerType, false)
          .add("features", FLOATS, false)
          .add("embedding", FLOATS, false)
          .add("prediction", DataTypes.IntegerType, false)
          .add("confidence", DataTypes.FloatType, false)
          .add("scale", DataTypes.FloatType, false)
          .add("candidates", DataTypes.createArrayType(DataTypes.IntegerType, false), false);

  private static final StructType FITTED =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("landmark", DataTypes.IntegerType, false);

  private SpectralEmbeddingPersistence() {}

  /** Writes a model. */
  static final class Writer extends MLWriter {
    private final SpectralEmbeddingModel model;
    private final FittedClustering fitted;

    Writer(SpectralEmbeddingModel model, FittedClustering fitted) {
      this.model = model;
      this.fitted = fitted;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
      FittedClustering.Settings settings = fitted.settings();
      Row row =
          RowFactory.create(
              settings.clusters(),
              settings.voters(),
              settings.components(),
              settings.seed(),
              fitted.candidates().chosen());
      write(sparkSession().createDataFrame(List.of(row), SETTINGS), path + "/settings");
      write(FittedTables.eigenvalues(sparkSession(), fitted), path + "/spectrum");
      write(FittedTables.scores(sparkSession(), fitted), path + "/scores");
      write(landmarks(), path + "/landmarks");
      write(ids(), path + "/fitted");
    }

    private Dataset<Row> landmarks() {
      Landmarks of = fitted.landmarks();
      List<Row> rows = new ArrayList<>(of.labels().length);
      for (int i = 0; i < of.labels().length; i++) {
        rows.add(
            RowFactory.create(
                i,
                of.points().row(i),
                of.embedding().row(i),
                of.labels()[i],
                of.confidence()[i],
                of.scales()[i],
                FittedTables.column(fitted.candidates().labels(), i)));
      }
      long bytes =
          4L * (of.points().columns() + of.embedding().columns() + fitted.candidates().chosen());
      return sparkSession()
          .createDataFrame(Slices.parallelize(sparkSession(), rows, bytes), LANDMARKS);
    }

    private Dataset<Row> ids() {
      List<Row> rows = new ArrayList<>(fitted.ids().length);
      for (int i = 0; i < fitted.ids().length; i++) {
        rows.add(RowFactory.create(fitted.ids()[i], fitted.owner()[i]));
      }
      return sparkSession().createDataFrame(Slices.parallelize(sparkSession(), rows, 12), FITTED);
    }

    private static void write(Dataset<Row> rows, String path) {
      rows.write().parquet(path);
    }
  }

  /** Reads a model. */
  static final class Reader extends MLReader<SpectralEmbeddingModel> {
    @Override
    public SpectralEmbeddingModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sc(), SpectralEmbeddingModel.class.getName());
      Row row = table(path, "settings").first();
      FittedClustering.Settings settings =
          new FittedClustering.Settings(
              row.getInt(0), row.getInt(1), row.getInt(2), row.getLong(3));
      List<LandmarkRow> landmarks = landmarks(path);
      List<Row> ids = table(path, "fitted").orderBy("id").collectAsList();
      FittedClustering fitted =
          new FittedClustering(
              ids.stream().mapToLong(id -> id.getLong(0)).toArray(),
              ids.stream().mapToInt(id -> id.getInt(1)).toArray(),
              joined(landmarks),
              settings,
              spectrum(path),
              candidates(path, landmarks, row.getInt(4)));
      SpectralEmbeddingModel model = new SpectralEmbeddingModel(metadata.uid(), fitted);
      metadata.getAndSetParams(model, Option.empty());
      return model;
    }

    private Dataset<Row> table(String path, String name) {
      return sparkSession().read().parquet(path + "/" + name);
    }

    private List<LandmarkRow> landmarks(String path) {
      List<LandmarkRow> rows =
          new ArrayList<>(table(path, "landmarks").javaRDD().map(LandmarkRow::of).collect());
      rows.sort(Comparator.comparingInt(r -> r.landmark));
      return rows;
    }

    private static Landmarks joined(List<LandmarkRow> rows) {
      int n = rows.size();
      FloatMatrix points = FloatMatrix.zeros(n, rows.get(0).features.length);
      FloatMatrix embedding = FloatMatrix.zeros(n, rows.get(0).embedding.length);
      int[] labels = new int[n];
      float[] confidence = new float[n];
      float[] scales = new float[n];
      for (int i = 0; i < n; i++) {
        LandmarkRow row = rows.get(i);
        System.arraycopy(row.features, 0, points.values(), points.offset(i), points.columns());
        System.arraycopy(
            row.embedding, 0, embedding.values(), embedding.offset(i), embedding.columns());
        labels[i] = row.prediction;
        confidence[i] = row.confidence;
        scales[i] = row.scale;
      }
      return new Landmarks(points, embedding, labels, confidence, scales);
    }

    private double[][] spectrum(String path) {
      List<Row> rows = table(path, "spectrum").orderBy("index").collectAsList();
      return new double[][] {
        rows.stream().mapToDouble(r -> r.getDouble(1)).toArray(),
        rows.stream().mapToDouble(r -> r.getDouble(2)).toArray()
      };
    }

    private FittedClustering.Candidates candidates(
        String path, List<LandmarkRow> landmarks, int chosen) {
      List<Row> rows = table(path, "scores").orderBy("position").collectAsList();
      String[] names =
          rows.stream()
              .limit(rows.size() - 1L)
              .map(r -> r.<String>getAs("candidate"))
              .toArray(String[]::new);
      int[][] labels = new int[names.length][landmarks.size()];
      for (int i = 0; i < landmarks.size(); i++) {
        for (int c = 0; c < names.length; c++) {
          labels[c][i] = landmarks.get(i).candidates[c];
        }
      }
      double[][] scores = new double[rows.size()][];
      for (int c = 0; c < scores.length; c++) {
        Row r = rows.get(c);
        scores[c] =
            new double[] {
              r.getAs("modularity"),
              r.getAs("map_equation"),
              r.getAs("ncut"),
              r.getAs("silhouette"),
              r.getAs("cost")
            };
      }
      return new FittedClustering.Candidates(names, labels, scores, chosen);
    }
  }
}
