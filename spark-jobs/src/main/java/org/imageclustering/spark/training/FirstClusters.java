package org.imageclustering.spark.training;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.partition.KMeans;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.imageclustering.spark.session.DenseVectors;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.spectral.SpectralEmbedding;
import scala.Tuple2;

/** The clusters that a training starts from: C0 of AEC's Algorithm 1. */
public final class FirstClusters {
  private static final int ITERATIONS = 100;

  private final SparkSession spark;
  private final Options options;
  private final long seed;

  /**
   * How they are made.
   *
   * @param first where they come from
   * @param clusters K
   * @param sample the most codes that k-means sees
   * @param restarts of k-means
   * @param spectral of the spectral step, where it makes them
   */
  public record Options(
      JointOptions.First first,
      int clusters,
      int sample,
      int restarts,
      SpectralEmbeddingOptions spectral) {}

  /** The first clusters of a training. */
  public FirstClusters(SparkSession spark, Options options, long seed) {
    this.spark = spark;
    this.options = options;
    this.seed = seed;
  }

  /**
   * Returns the codes with a cluster each. Lazy.
   *
   * @param codes without clusters
   * @param sent what the codes that are returned read, for as long as they are read
   */
  public JavaRDD<CodeBlock> of(JavaRDD<CodeBlock> codes, StageStore stages, Sent sent) {
    return switch (options.first()) {
      case K_MEANS -> Centres.assign(sent, codes, kMeans(codes));
      case RANDOM_IMAGES ->
          Centres.assign(sent, codes, drawn(codes, options.clusters()).toArray(float[][]::new));
      case RANDOM -> random(codes, options.clusters(), seed);
      case SPECTRAL -> kept(codes, stages, sent);
    };
  }

  /**
   * Returns the codes with a cluster each, which the store keeps: codes of later epochs get the
   * same. Lazy.
   */
  JavaRDD<CodeBlock> kept(JavaRDD<CodeBlock> codes, StageStore stages, Sent sent) {
    Broadcast<ClustersById> clusters = sent.send(ofCodes(codes, stages, sent));
    return codes.map(block -> block.with(clusters.value().of(block.ids())));
  }

  /**
   * Returns the clusters of the codes' images, which the store keeps. They are on the driver: 12
   * bytes an image, 24 for a moment.
   *
   * @param sent what the codes read, for as long as they are read
   */
  public ClustersById ofCodes(JavaRDD<CodeBlock> codes, StageStore stages, Sent sent) {
    return options.first() == JointOptions.First.SPECTRAL
        ? ofVectors(() -> vectors(codes), stages)
        : kept(() -> table(of(codes, stages, sent)), stages);
  }

  /**
   * Returns the clusters that the spectral step makes of vectors of the images, which the store
   * keeps. They are on the driver: 12 bytes an image, 24 for a moment.
   *
   * @param vectors id, features; asked for where the store has not kept the clusters
   */
  public ClustersById ofVectors(Supplier<Dataset<Row>> vectors, StageStore stages) {
    return kept(() -> clustered(vectors.get()), stages);
  }

  private static ClustersById kept(Supplier<Dataset<Row>> clusters, StageStore stages) {
    return ClustersById.of(stages.once("first-clusters", "", clusters));
  }

  private Dataset<Row> table(JavaRDD<CodeBlock> assigned) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add("prediction", DataTypes.IntegerType, false);
    return spark.createDataFrame(assigned.flatMap(FirstClusters::assignments), schema);
  }

  private static Iterator<Row> assignments(CodeBlock block) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < block.ids().length; i++) {
      rows.add(RowFactory.create(block.ids()[i], block.clusters()[i]));
    }
    return rows.iterator();
  }

  private Dataset<Row> clustered(Dataset<Row> vectors) {
    SpectralEmbedding spectral = new SpectralEmbedding().setOptions(options.spectral());
    return spectral.fit(vectors).transform(vectors).select(col("id"), col("prediction"));
  }

  private float[][] kMeans(JavaRDD<CodeBlock> codes) {
    List<float[]> sample = drawn(codes, options.sample());
    FloatMatrix points = FloatMatrix.ofRows(sample.toArray(float[][]::new));
    KMeans.Options kMeans =
        new KMeans.Options(options.clusters(), ITERATIONS, options.restarts(), seed);
    return KMeans.fit(points, kMeans).centres().toRows();
  }

  /** Returns the codes of the images that come first by (seed, id); so many reach the driver. */
  private List<float[]> drawn(JavaRDD<CodeBlock> codes, int size) {
    long salt = seed + 1;
    JavaPairRDD<Long, float[]> keyed = codes.flatMapToPair(block -> keyed(block, salt));
    List<float[]> sample = new ArrayList<>();
    for (Tuple2<Long, float[]> pair : keyed.takeOrdered(size, new ByKey())) {
      sample.add(pair._2());
    }
    return sample;
  }

  private static Iterator<Tuple2<Long, float[]>> keyed(CodeBlock block, long salt) {
    int d = block.codes().length / block.ids().length;
    List<Tuple2<Long, float[]>> pairs = new ArrayList<>();
    for (int i = 0; i < block.ids().length; i++) {
      float[] code = java.util.Arrays.copyOfRange(block.codes(), i * d, (i + 1) * d);
      pairs.add(new Tuple2<>(TrainingImages.mix(block.ids()[i], salt), code));
    }
    return pairs.iterator();
  }

  private static JavaRDD<CodeBlock> random(JavaRDD<CodeBlock> codes, int clusters, long seed) {
    return codes.map(
        block -> {
          int[] drawn = new int[block.ids().length];
          for (int i = 0; i < drawn.length; i++) {
            drawn[i] = Math.floorMod(TrainingImages.mix(block.ids()[i], seed + 2), clusters);
          }
          return block.with(drawn);
        });
  }

  private Dataset<Row> vectors(JavaRDD<CodeBlock> codes) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add("features", SQLDataTypes.VectorType(), false);
    return spark.createDataFrame(codes.flatMap(FirstClusters::rows), schema);
  }

  static Iterator<Row> rows(CodeBlock block) {
    int d = block.codes().length / block.ids().length;
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < block.ids().length; i++) {
      rows.add(RowFactory.create(block.ids()[i], DenseVectors.of(block.codes(), i * d, d)));
    }
    return rows.iterator();
  }

  private static final class ByKey
      implements Comparator<Tuple2<Long, float[]>>, java.io.Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Tuple2<Long, float[]> a, Tuple2<Long, float[]> b) {
      return Long.compare(a._1(), b._1());
    }
  }
}
