package org.imageclustering.spark.sanet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.graph.KernelAffinity;
import org.imageclustering.graph.KernelProducts;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;
import org.imageclustering.sanet.FitContext;
import org.imageclustering.sanet.FittedLayer;
import org.imageclustering.sanet.Layer;
import org.imageclustering.sanet.LayerFit;
import org.imageclustering.sanet.Network;
import org.imageclustering.sanet.SaNetOptions;
import org.imageclustering.spark.graph.DistributedFilters;
import org.imageclustering.spark.graph.DistributedKernel;
import org.imageclustering.spark.graph.DistributedNeighbours;
import org.imageclustering.spark.session.ArrayTable;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spectral.EigenSolver;

/** Fits the layers one after the other; each is a stage that a stopped run need not repeat. */
final class SaNetFit implements FitContext {
  private final SparkSession spark;
  private final StageStore stages;
  private final SaNetOptions options;
  private final long seed;
  private final LayerFit fit;

  /** The maps of the sample after the layers fitted so far, or null where nothing was fitted. */
  private FeatureMaps sampleMaps;

  SaNetFit(SparkSession spark, StageStore stages, SaNetOptions options, long seed) {
    this.spark = spark;
    this.stages = stages;
    this.options = options;
    this.seed = seed;
    this.fit = new LayerFit(options, seed);
  }

  /**
   * Returns the network fitted on a sample of the images.
   *
   * @param images id, image; see {@link ImageSample#collect} for what reaches the driver
   */
  Network network(Dataset<Row> images, MapShape shape) {
    List<Layer> layers = new ArrayList<>();
    sampleMaps = null;
    for (int number = 0; number < options.layers().size(); number++) {
      layers.add(layer(number, images, new Network(shape, layers)));
    }
    return new Network(shape, layers);
  }

  private Layer layer(int number, Dataset<Row> images, Network before) {
    String stage = "layer-" + options.layers().get(number).name();
    AtomicReference<FittedLayer> fitted = new AtomicReference<>();
    Dataset<Row> arrays =
        stages.once(
            stage,
            "",
            () -> {
              fitted.set(fit.fit(number, mapsOf(images, before), before.origins(), this));
              return ArrayTable.of(spark, LayerFit.arrays(fitted.get().layer()));
            });
    if (fitted.get() == null) {
      return fit.restore(number, before.output(), before.origins(), ArrayTable.read(arrays));
    }
    sampleMaps = fitted.get().maps();
    return fitted.get().layer();
  }

  /** The sample's maps after the layers so far; they are made again where a run is resumed. */
  private FeatureMaps mapsOf(Dataset<Row> images, Network before) {
    return sampleMaps != null
        ? sampleMaps
        : before.apply(ImageSample.collect(images, before.input(), options.fitSample(), seed));
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
    return DistributedFilters.solver(new JavaSparkContext(spark.sparkContext()));
  }

  @Override
  public void measure(String stage, String key, Object value) {
    stages.measure("layer-" + stage, key, value);
  }
}
