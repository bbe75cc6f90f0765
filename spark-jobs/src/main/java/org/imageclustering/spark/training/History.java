package org.imageclustering.spark.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Who was in which cluster after each epoch, and at some epochs the codes of a sample of about
 * {@value #SAMPLE} images: for scores and maps that are made afterwards. 12 bytes an image and
 * epoch stay on the executors until a stage store has written them; only the sample's codes reach
 * the driver. With them stays what was sent there to make them: an executor that is lost has its
 * part made again.
 */
public final class History implements AutoCloseable {
  /** The columns: the features are null but for the sample. */
  static final StructType SCHEMA =
      new StructType()
          .add("epoch", DataTypes.IntegerType, false)
          .add("id", DataTypes.LongType, false)
          .add("prediction", DataTypes.IntegerType, false)
          .add("features", DataTypes.createArrayType(DataTypes.FloatType, false), true);

  private static final int SAMPLE = 600;

  /** The epochs, beside the first, at which the sample's codes are kept. */
  private static final int MAPS = 5;

  private final SparkSession session;
  private final double share;
  private final int mapEvery;
  private final long seed;
  private final Sent sent;
  private final List<JavaRDD<Predictions>> epochs = new ArrayList<>();

  /**
   * An empty history.
   *
   * @param images the number of all images
   * @param epochs the number of epochs that there will be
   */
  public History(SparkSession session, long images, int epochs, long seed) {
    this.session = session;
    this.share = SAMPLE / (double) Math.max(SAMPLE, images);
    this.mapEvery = Math.max(1, (epochs + MAPS - 1) / MAPS);
    this.seed = seed;
    this.sent = new Sent(new JavaSparkContext(session.sparkContext()));
  }

  /** Returns what was sent to the executors to make the clusters that are added. */
  public Sent sent() {
    return sent;
  }

  /**
   * Returns the codes of the sample, which (seed, id) decides; no blocks after an epoch that none
   * are kept of.
   *
   * @param images all of them
   * @param encoder makes codes of images, from what it sends
   */
  public List<CodeBlock> codes(
      int epoch,
      JavaRDD<ImageBlock> images,
      BiFunction<Sent, JavaRDD<ImageBlock>, JavaRDD<CodeBlock>> encoder) {
    if (epoch != 1 && epoch % mapEvery != 0) {
      return List.of();
    }
    double drawn = share;
    long salt = seed;
    JavaRDD<ImageBlock> sample =
        images
            .map(block -> block.where(id -> isDrawn(id, drawn, salt)))
            .filter(block -> block.size() > 0);
    try (Sent forThese = new Sent(new JavaSparkContext(session.sparkContext()))) {
      return encoder.apply(forThese, sample).collect();
    }
  }

  private static boolean isDrawn(long id, double share, long salt) {
    return (TrainingImages.mix(id, salt + 3) >>> 11) * 0x1p-53 < share;
  }

  /**
   * Adds an epoch; at once, so that nothing later depends on how the clusters came to be.
   *
   * @param assigned every image's cluster
   * @param codes of the sample, or no blocks
   */
  public void add(int epoch, JavaRDD<CodeBlock> assigned, List<CodeBlock> codes) {
    HashMap<Long, float[]> byId = new HashMap<>();
    for (CodeBlock block : codes) {
      int d = block.codes().length / block.ids().length;
      for (int i = 0; i < block.ids().length; i++) {
        byId.put(block.ids()[i], java.util.Arrays.copyOfRange(block.codes(), i * d, (i + 1) * d));
      }
    }
    JavaRDD<Predictions> kept =
        assigned
            .map(block -> new Predictions(epoch, block, byId))
            .persist(StorageLevel.MEMORY_AND_DISK());
    kept.count();
    epochs.add(kept);
  }

  /** Returns epoch, id, prediction, and the features of the sample. Lazy: until it is closed. */
  Dataset<Row> table() {
    Dataset<Row> table = session.createDataFrame(List.of(), SCHEMA);
    for (JavaRDD<Predictions> epoch : epochs) {
      table = table.union(session.createDataFrame(epoch.flatMap(Predictions::rows), SCHEMA));
    }
    return table;
  }

  /** Gives back what lies on the executors. */
  @Override
  public void close() {
    epochs.forEach(JavaRDD::unpersist);
    epochs.clear();
    sent.close();
  }

  /** The clusters of a block's images. */
  private static final class Predictions implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int epoch;
    private final long[] ids;
    private final int[] clusters;
    private final float[][] features;

    Predictions(int epoch, CodeBlock block, Map<Long, float[]> codes) {
      this.epoch = epoch;
      this.ids = block.ids();
      this.clusters = block.clusters();
      this.features = codes.isEmpty() ? null : new float[ids.length][];
      for (int i = 0; i < ids.length && features != null; i++) {
        features[i] = codes.get(ids[i]);
      }
    }

    Iterator<Row> rows() {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < ids.length; i++) {
        rows.add(
            RowFactory.create(epoch, ids[i], clusters[i], features == null ? null : features[i]));
      }
      return rows.iterator();
    }
  }
}
