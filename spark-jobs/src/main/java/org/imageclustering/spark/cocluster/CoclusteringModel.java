package org.imageclustering.spark.cocluster;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.coclustering.BipartiteEmbedding;
import org.imageclustering.coclustering.CoclusteringOptions.Variant;
import org.imageclustering.coclustering.Coclusters;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spark.session.ArrayTable;
import org.imageclustering.spark.session.RowBatches;
import org.imageclustering.spark.settings.ClusterColumns;
import org.imageclustering.spark.sparse.SparseAssignment;
import org.imageclustering.spark.sparse.SparseColumn;
import org.imageclustering.spark.sparse.SparseRow;
import scala.Option;

/**
 * Clusters of rows and columns: {@code transform} adds {@code prediction}, the nearest centre, and
 * {@code confidence}, the share of the row's weight that lies in that cluster's columns. A row
 * without entries, or with entries in columns alone that had none when the model was fitted, gets
 * the cluster nearest to the origin and confidence 0.
 */
public final class CoclusteringModel extends Model<CoclusteringModel>
    implements ClusterColumns, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Columns columns;
  private final Coclusters clusters;

  CoclusteringModel(String uid, Coclusters clusters) {
    this.uid = uid;
    this.columns = Coclustering.columnsOf(this);
    this.clusters = clusters;
  }

  /** Returns each column's cluster, {@link Coclusters#NONE} for one without entries; a copy. */
  public int[] columnClusters() {
    return clusters.columnClusters();
  }

  /** Returns the singular values that were found, descending; the first is 1. A copy. */
  public float[] singularValues() {
    return clusters.embedding().singularValues().clone();
  }

  /** Returns the number of clusters. */
  public int clusters() {
    return clusters.clusters();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    return SparseAssignment.of(
        rows,
        transformSchema(rows.schema()),
        SparseColumn.nonNegative(rows.schema(), getOrDefault(featuresCol())),
        clusters.embedding().basis().rows(),
        clusters,
        CoclusteringModel::assigned);
  }

  private static Row assigned(Row row, SparseRow entries, Coclusters clusters) {
    int cluster = clusters.cluster(entries.columns(), entries.values());
    double confidence = clusters.association(entries.columns(), entries.values(), cluster);
    return RowBatches.extended(row, cluster, confidence);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    SparseColumn.nonNegative(schema, getOrDefault(featuresCol()));
    return clusteredSchema(schema);
  }

  @Override
  public CoclusteringModel copy(ParamMap extra) {
    CoclusteringModel copied = new CoclusteringModel(uid, clusters);
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
  public static MLReader<CoclusteringModel> read() {
    return new Reader();
  }

  /** Reads a model that was saved. */
  public static CoclusteringModel load(String path) {
    return read().load(path);
  }

  /** MLlib's {@code metadata/}, and the arrays as Parquet in {@code arrays/}. */
  private static final class Writer extends MLWriter {
    private final CoclusteringModel model;

    Writer(CoclusteringModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
      BipartiteEmbedding embedding = model.clusters.embedding();
      float[] singular = embedding.singularValues();
      int[] columnClusters = model.clusters.columnClusters();
      FloatMatrix clusters = FloatMatrix.zeros(columnClusters.length, 1);
      for (int i = 0; i < columnClusters.length; i++) {
        clusters.values()[i] = columnClusters[i];
      }
      float[] dhillon = {embedding.variant() == Variant.DHILLON ? 1 : 0};
      Map<String, FloatMatrix> arrays = new TreeMap<>();
      arrays.put("basis", embedding.basis());
      arrays.put("centres", model.clusters.centres());
      arrays.put("column-clusters", clusters);
      arrays.put("column-points", embedding.columnPoints());
      arrays.put("singular-values", new FloatMatrix(1, singular.length, singular));
      arrays.put("dhillon", new FloatMatrix(1, 1, dhillon));
      ArrayTable.of(sparkSession(), arrays).write().parquet(path + "/arrays");
    }
  }

  private static final class Reader extends MLReader<CoclusteringModel> {
    @Override
    public CoclusteringModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sc(), CoclusteringModel.class.getName());
      Map<String, FloatMatrix> arrays =
          ArrayTable.read(sparkSession().read().parquet(path + "/arrays"));
      float[] saved = arrays.get("column-clusters").values();
      int[] columnClusters = new int[saved.length];
      for (int i = 0; i < saved.length; i++) {
        columnClusters[i] = (int) saved[i];
      }
      BipartiteEmbedding embedding =
          BipartiteEmbedding.of(
              arrays.get("dhillon").values()[0] == 1 ? Variant.DHILLON : Variant.PAPER,
              arrays.get("basis"),
              arrays.get("column-points"),
              arrays.get("singular-values").values());
      CoclusteringModel model =
          new CoclusteringModel(
              metadata.uid(), new Coclusters(embedding, arrays.get("centres"), columnClusters));
      metadata.getAndSetParams(model, Option.empty());
      return model;
    }
  }
}
