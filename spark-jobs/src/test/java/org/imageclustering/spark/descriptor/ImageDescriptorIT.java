package org.imageclustering.spark.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.spark.spectral.SpectralEmbedding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The descriptor as a stage of a pipeline. */
final class ImageDescriptorIT {
  private static final int SIDE = 16;
  private static final int IMAGES = 90;
  private static final String HOG = "features = hog, pca { components = 20, sample = 60 }";
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();

  @TempDir Path directory;

  @Test
  void aPipelineOfDescriptorAndClusteringIsSavedWhole() throws IOException {
    SpectralEmbedding clustering =
        new SpectralEmbedding()
            .setK(3)
            .setCommuteVectors(new int[] {5})
            .setMergedCentres(new int[] {20})
            .setRestarts(2);
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {descriptor(HOG), clustering});
    PipelineModel model = pipeline.fit(bars(2));
    List<Row> assigned = assigned(model);
    for (int i = 0; i < IMAGES; i++) {
      assertThat(assigned.get(i).getInt(1)).isEqualTo(assigned.get(i % 3).getInt(1));
    }
    String path = directory.resolve("model").toString();
    model.write().save(path);
    assertThat(assigned(PipelineModel.load(path))).isEqualTo(assigned);
  }

  @Test
  void aColumnTellsItsViews() {
    String views = "features = views, pca { components = 8, sample = 60 }";
    Dataset<Row> described = descriptor(views).fit(bars(2)).transform(bars(2));
    String kept = directory.resolve("described").toString();
    described.write().parquet(kept);
    for (Dataset<Row> rows : List.of(described, SPARK.read().parquet(kept))) {
      assertThat(rows.schema().apply("features").metadata().getLongArray("views"))
          .containsExactly(8, 8, 8);
    }
  }

  private static List<Row> assigned(PipelineModel model) {
    return model
        .transform(bars(3))
        .select("id", "prediction", "confidence", "features")
        .orderBy("id")
        .collectAsList();
  }

  @Test
  void theFitDoesNotDependOnPartitions() {
    ImageDescriptorModel one = descriptor(HOG).fit(bars(1));
    ImageDescriptorModel seven = descriptor(HOG).fit(bars(7).orderBy("id"));
    assertThat(one.length()).isEqualTo(20);
    assertThat(vectors(seven.transform(bars(3)))).isEqualTo(vectors(one.transform(bars(1))));
  }

  @Test
  void pixelsAreInZeroToOne() {
    ImageDescriptorModel model = descriptor("features = pixels").fit(bars(2));
    Row first = bars(1).filter("id = 0").first();
    byte[] pixels = first.getStruct(1).getAs("pixels");
    Vector vector = model.transform(bars(2)).filter("id = 0").first().getAs("features");
    assertThat(vector.size()).isEqualTo(SIDE * SIDE);
    for (int i = 0; i < pixels.length; i++) {
      assertThat(vector.apply(i)).isEqualTo(Byte.toUnsignedInt(pixels[i]) / 255.0);
    }
  }

  @Test
  void whatDoesNotFitIsSaid() {
    assertThatThrownBy(() -> descriptor("features = column").fit(bars(1)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use features: found \"column\", expected one of pixels, pca, hog, views");
    assertThatThrownBy(() -> descriptor(HOG).setFeaturesCol("image").fit(bars(1)))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot add column 'image': found it in the input, expected it to be free");
  }

  private static ImageDescriptor descriptor(String settings) {
    return new ImageDescriptor().setSettings(settings);
  }

  private static List<Row> vectors(Dataset<Row> described) {
    return described.select("id", "features").orderBy("id").collectAsList();
  }

  /** Returns noisy stripes in three directions; image i has direction i % 3. */
  private static Dataset<Row> bars(int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      rows.add(RowFactory.create((long) i, RowFactory.create(SIDE, SIDE, 1, stripes(i))));
    }
    StructType image =
        new StructType()
            .add("height", DataTypes.IntegerType)
            .add("width", DataTypes.IntegerType)
            .add("channels", DataTypes.IntegerType)
            .add("pixels", DataTypes.BinaryType);
    return SPARK
        .createDataFrame(rows, new StructType().add("id", DataTypes.LongType).add("image", image))
        .repartition(partitions);
  }

  private static byte[] stripes(int i) {
    Random random = new Random(i);
    double angle = Math.PI / 3 * (i % 3);
    double phase = random.nextDouble();
    byte[] pixels = new byte[SIDE * SIDE];
    for (int p = 0; p < pixels.length; p++) {
      int row = p / SIDE;
      double along = Math.cos(angle) * (p % SIDE) + Math.sin(angle) * row;
      pixels[p] = (byte) (120 + 80 * Math.sin(along + phase) + 20 * random.nextDouble());
    }
    return pixels;
  }
}
