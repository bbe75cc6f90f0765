package org.imageclustering.spark.spectral;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.partition.LandmarkVote;
import org.imageclustering.spark.session.DenseVectors;
import org.imageclustering.spark.session.RowBatches;

/** The rows of a partition with what the landmarks say of them, a block at a time. */
final class AssignedRows extends RowBatches {
  /** Rows of one neighbour search. */
  private static final int BLOCK = 512;

  private final LandmarkVote vote;
  private final VectorColumn column;
  private long read;

  AssignedRows(Iterator<Row> rows, LandmarkVote vote, VectorColumn column) {
    super(rows, BLOCK);
    this.vote = vote;
    this.column = column;
  }

  @Override
  protected List<Row> worked(List<Row> rows) {
    List<float[]> vectors = new ArrayList<>();
    for (Row row : rows) {
      String place = "row " + read + " of a partition";
      float[] vector = column.read(row, place);
      if (vector.length != vote.dimension()) {
        throw column.otherLength(place, vector.length, vote.dimension());
      }
      vectors.add(vector);
      read++;
    }
    LandmarkVote.Result result = vote.of(matrix(vectors));
    FloatMatrix embedding = result.embedding();
    for (int i = 0; i < rows.size(); i++) {
      Vector place = DenseVectors.of(embedding.values(), embedding.offset(i), embedding.columns());
      rows.set(i, extended(rows.get(i), place, result.labels()[i], result.confidence()[i]));
    }
    return rows;
  }

  private FloatMatrix matrix(List<float[]> vectors) {
    FloatMatrix matrix = FloatMatrix.zeros(vectors.size(), vote.dimension());
    for (int i = 0; i < vectors.size(); i++) {
      System.arraycopy(vectors.get(i), 0, matrix.values(), matrix.offset(i), vote.dimension());
    }
    return matrix;
  }
}
