package org.imageclustering.spark.spectral;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.partition.LandmarkVote;

/** The rows of a partition with what the landmarks say of them, a block at a time. */
final class AssignedRows implements Iterator<Row> {
  /** Rows of one neighbour search. */
  private static final int BLOCK = 512;

  private final Iterator<Row> rows;
  private final LandmarkVote vote;
  private final VectorColumn column;
  private Iterator<Row> block = Collections.emptyIterator();
  private long read;

  AssignedRows(Iterator<Row> rows, LandmarkVote vote, VectorColumn column) {
    this.rows = rows;
    this.vote = vote;
    this.column = column;
  }

  @Override
  public boolean hasNext() {
    return block.hasNext() || rows.hasNext();
  }

  @Override
  public Row next() {
    if (!block.hasNext()) {
      block = assign();
    }
    return block.next();
  }

  private Iterator<Row> assign() {
    List<Row> waiting = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    while (rows.hasNext() && waiting.size() < BLOCK) {
      Row row = rows.next();
      String place = "row " + read + " of a partition";
      float[] vector = column.read(row, place);
      if (vector.length != vote.dimension()) {
        throw column.otherLength(place, vector.length, vote.dimension());
      }
      waiting.add(row);
      vectors.add(vector);
      read++;
    }
    LandmarkVote.Result result = vote.of(matrix(vectors));
    List<Row> assigned = new ArrayList<>(waiting.size());
    for (int i = 0; i < waiting.size(); i++) {
      assigned.add(extended(waiting.get(i), result, i));
    }
    return assigned.iterator();
  }

  private FloatMatrix matrix(List<float[]> vectors) {
    FloatMatrix matrix = FloatMatrix.zeros(vectors.size(), vote.dimension());
    for (int i = 0; i < vectors.size(); i++) {
      System.arraycopy(vectors.get(i), 0, matrix.values(), matrix.offset(i), vote.dimension());
    }
    return matrix;
  }

  private static Row extended(Row row, LandmarkVote.Result result, int i) {
    Object[] values = new Object[row.size() + 3];
    for (int c = 0; c < row.size(); c++) {
      values[c] = row.get(c);
    }
    values[row.size()] = vector(result.embedding(), i);
    values[row.size() + 1] = result.labels()[i];
    values[row.size() + 2] = result.confidence()[i];
    return RowFactory.create(values);
  }

  private static Vector vector(FloatMatrix rows, int i) {
    double[] values = new double[rows.columns()];
    for (int j = 0; j < values.length; j++) {
      values[j] = rows.values()[rows.offset(i) + j];
    }
    return Vectors.dense(values);
  }
}
