package org.imageclustering.spark.sanet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.graph.KernelAffinity;
import org.imageclustering.graph.KernelProducts;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;
import org.imageclustering.sanet.FitContext;
import org.imageclustering.sanet.FittedLayer;
import org.imageclustering.sanet.Layer;
import org.imageclustering.sanet.LayerFit;
import org.imageclustering.sanet.Network;
import org.imageclustering.sanet.SaNetOptions;
import org.imageclustering.sanet.SpectralLayer;
import org.imageclustering.spark.graph.DistributedKernel;
import org.imageclustering.spark.graph.DistributedNeighbours;
import org.imageclustering.spark.graph.DistributedSubspace;
import org.imageclustering.spark.session.ArrayTable;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spectral.EigenSolver;

/** Fits the layers one after the other; each is a stage that a stopped run need not repeat. */
final class SaNetFit implements FitContext {
  /** Rows of one partition of the training features. */
  private static final int ROWS_A_PARTITION = 10_000;

  private final SparkSession spark;
  private final StageStore stages;
  private final SaNetOptions options;
  private final LayerFit fit;
  private final Dataset<Row> images;

  /** The maps of the sample after the layers so far; of restored layers made when asked for. */
  private Supplier<FeatureMaps> sampleMaps;

  /**
   * A fit on a sample of the images.
   *
   * @param images id, image; see {@link ImageSample#collect} for what reaches the driver
   */
  SaNetFit(
      Dataset<Row> images, MapShape shape, SaNetOptions options, long seed, StageStore stages) {
    this.spark = images.sparkSession();
    this.stages = stages;
    this.options = options;
    this.fit = new LayerFit(options, seed);
    this.images = images;
    this.sampleMaps =
        () -> ImageSample.collect(images, shape, options.sampled(shape, images.count()), seed);
  }

  /** Returns the fitted network for images of this shape. */
  Network network(MapShape shape) {
    List<Layer> layers = new ArrayList<>();
    for (int number = 0; number < options.layers().size(); number++) {
      layers.add(layer(number, new Network(shape, layers)));
    }
    return new Network(shape, layers);
  }

  private Layer layer(int number, Network before) {
    String stage = stage(options.layers().get(number).name());
    AtomicReference<FittedLayer> fitted = new AtomicReference<>();
    Dataset<Row> arrays =
        stages.once(
            stage,
            "",
            () -> {
              fitted.set(fit.fit(number, sampleMaps.get(), before.origins(), this));
              if (hasFewerLandmarks(fitted.get().layer())) {
                mapsOnce(stage, fitted.get().maps());
              }
              return ArrayTable.of(spark, LayerFit.arrays(fitted.get().layer()));
            });
    if (fitted.get() != null) {
      FeatureMaps maps = fitted.get().maps();
      sampleMaps = () -> maps;
      return fitted.get().layer();
    }
    return restored(
        stage, fit.restore(number, before.output(), before.origins(), ArrayTable.read(arrays)));
  }

  /** Returns the name of the stage that holds a layer's arrays. */
  static String stage(String layer) {
    return "layer-" + layer;
  }

  private Layer restored(String stage, Layer layer) {
    Supplier<FeatureMaps> before = sampleMaps;
    sampleMaps =
        hasFewerLandmarks(layer)
            ? () -> maps(layer, mapsOnce(stage, null))
            : () -> layer.apply(before.get());
    return layer;
  }

  /** Returns whether a layer may have fewer landmarks than it was fitted on windows. */
  private boolean hasFewerLandmarks(Layer layer) {
    return layer instanceof SpectralLayer spectral
        && spectral.features().rows() >= options.landmarks();
  }

  /** Keeps what a layer with fewer landmarks cannot give again: the sample's own maps. */
  private Dataset<Row> mapsOnce(String stage, FeatureMaps maps) {
    return stages.once(
        stage + "-maps",
        "",
        () ->
            ArrayTable.of(
                spark,
                Map.of(
                    "maps", new FloatMatrix(maps.count(), maps.shape().length(), maps.values()))));
  }

  private static FeatureMaps maps(Layer layer, Dataset<Row> table) {
    FloatMatrix rows = ArrayTable.read(table).get("maps");
    return new FeatureMaps(rows.rows(), layer.output(), rows.values());
  }

  /**
   * Returns id and last maps of all images as a full fit itself found them; nothing if the network
   * gives the same maps for them, because its layers keep all their landmarks. The driver holds the
   * maps.
   *
   * @param network that {@link #network} returned
   */
  Optional<Dataset<Row>> trainingFeatures(Network network, String featuresCol) {
    if (network.layers().stream().noneMatch(this::hasFewerLandmarks)) {
      return Optional.empty();
    }
    return Optional.of(
        stages.once("training-features", "", () -> rows(sampleMaps.get(), featuresCol)));
  }

  private Dataset<Row> rows(FeatureMaps maps, String featuresCol) {
    List<Row> ids = images.select("id").orderBy("id").collectAsList();
    List<Row> rows = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      rows.add(RowFactory.create(ids.get(i).getLong(0), NetworkTransform.vector(maps, i)));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add(featuresCol, SQLDataTypes.VectorType(), false);
    int partitions = 1 + rows.size() / ROWS_A_PARTITION;
    return spark.createDataFrame(
        new JavaSparkContext(spark.sparkContext()).parallelize(rows, partitions), schema);
  }

  @Override
  public Neighbours searchSelf(NeighbourIndex index, int k) {
    return DistributedNeighbours.search(new JavaSparkContext(spark.sparkContext()), index, k);
  }

  /** On a cluster the executors compute the entries; the bits are the same. */
  @Override
  public <T> T withProducts(KernelAffinity kernel, Function<KernelProducts, T> work) {
    if (spark.sparkContext().isLocal()) {
      return work.apply(KernelProducts.inMemory(kernel));
    }
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    try (DistributedKernel products = new DistributedKernel(context, kernel)) {
      return work.apply(products);
    }
  }

  @Override
  public EigenSolver solver() {
    return DistributedSubspace.solver(new JavaSparkContext(spark.sparkContext()));
  }

  @Override
  public void measure(String stage, String key, Object value) {
    stages.measure(stage(stage), key, value);
  }
}
