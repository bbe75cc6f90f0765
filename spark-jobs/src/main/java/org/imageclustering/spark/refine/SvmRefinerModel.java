package org.imageclustering.spark.refine;

import java.util.Arrays;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.refine.LinearClassifier;
import org.imageclustering.refine.PrincipalComponents;
import org.imageclustering.refine.SvmClusters;
import org.imageclustering.spark.session.RowBatches;
import org.imageclustering.spark.settings.ClusterColumns;
import org.imageclustering.spark.sparse.SparseAssignment;
import org.imageclustering.spark.sparse.SparseColumn;
import org.imageclustering.spark.sparse.SparseRow;
import scala.Option;

/**
 * Refined clusters: {@code transform} adds {@code prediction}, the cluster of the classifier with
 * the largest signed distance, and {@code confidence}, that distance squashed to (0, 1); below 1/2
 * the row lies on no classifier's positive side. Takes any rows with the features' column.
 */
public final class SvmRefinerModel extends Model<SvmRefinerModel>
    implements ClusterColumns, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Columns columns;
  private final SvmClusters clusters;

  SvmRefinerModel(String uid, SvmClusters clusters) {
    this.uid = uid;
    this.columns = SvmRefiner.columnsOf(this);
    this.clusters = clusters;
  }

  /** Returns the number of clusters. */
  public int clusters() {
    return clusters.clusters();
  }

  /** Returns the final cluster that each classifier stands for, in their order; a copy. */
  public int[] groups() {
    return clusters.groups().clone();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    return SparseAssignment.of(
        rows,
        transformSchema(rows.schema()),
        SparseColumn.any(rows.schema(), getOrDefault(featuresCol())),
        clusters.components().axes().rows(),
        clusters,
        SvmRefinerModel::assigned);
  }

  private static Row assigned(Row row, SparseRow entries, SvmClusters clusters) {
    float[] point = clusters.components().point(entries.columns(), entries.values());
    int nearest = clusters.nearest(point);
    double distance = clusters.distance(nearest, point);
    return RowBatches.extended(row, clusters.group(nearest), SvmClusters.confidence(distance));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    SparseColumn.any(schema, getOrDefault(featuresCol()));
    return clusteredSchema(schema);
  }

  @Override
  public SvmRefinerModel copy(ParamMap extra) {
    SvmRefinerModel copied = new SvmRefinerModel(uid, clusters);
    copyValues(copied, extra);
    return copied.setParent(parent());
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  /** Reads a model that was saved. */
  public static MLReader<SvmRefinerModel> read() {
    return new Reader();
  }

  /** Reads a model that was saved. */
  public static SvmRefinerModel load(String path) {
    return read().load(path);
  }

  /**
   * MLlib's {@code metadata/}, and as Parquet {@code components/}, {@code classifiers/} and {@code
   * groups/} (classifier, cluster).
   */
  private static final class Writer extends MLWriter {
    private static final StructType GROUPS =
        new StructType()
            .add("classifier", DataTypes.IntegerType, false)
            .add("cluster", DataTypes.IntegerType, false);

    private final SvmRefinerModel model;

    Writer(SvmRefinerModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
      SvmClusters clusters = model.clusters;
      Row[] groups = new Row[clusters.groups().length];
      Arrays.setAll(groups, c -> RowFactory.create(c, clusters.groups()[c]));
      SvmTables.components(sparkSession(), clusters.components())
          .write()
          .parquet(path + "/components");
      SvmTables.classifiers(sparkSession(), clusters.classifiers())
          .write()
          .parquet(path + "/classifiers");
      sparkSession()
          .createDataFrame(Arrays.asList(groups), GROUPS)
          .write()
          .parquet(path + "/groups");
    }
  }

  private static final class Reader extends MLReader<SvmRefinerModel> {
    @Override
    public SvmRefinerModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sc(), SvmRefinerModel.class.getName());
      PrincipalComponents components = SvmTables.components(table(path + "/components"));
      LinearClassifier[] classifiers = SvmTables.classifiers(table(path + "/classifiers"));
      int[] groups = new int[classifiers.length];
      for (Row row : table(path + "/groups").collectAsList()) {
        groups[row.getInt(0)] = row.getInt(1);
      }
      SvmRefinerModel model =
          new SvmRefinerModel(metadata.uid(), new SvmClusters(components, classifiers, groups));
      metadata.getAndSetParams(model, Option.empty());
      return model;
    }

    private Dataset<Row> table(String path) {
      return sparkSession().read().parquet(path);
    }
  }
}
