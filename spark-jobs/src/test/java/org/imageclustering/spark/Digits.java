package org.imageclustering.spark;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.data.IdxReader;
import org.imageclustering.evaluate.ContingencyTable;
import org.imageclustering.evaluate.Scores;

/** The first of the bundled real digits as rows (id, image). */
public final class Digits {
  private static final StructType IMAGE =
      new StructType()
          .add("height", DataTypes.IntegerType)
          .add("width", DataTypes.IntegerType)
          .add("channels", DataTypes.IntegerType)
          .add("pixels", DataTypes.BinaryType);
  private static final StructType SCHEMA =
      new StructType().add("id", DataTypes.LongType).add("image", IMAGE);

  private Digits() {}

  /** Returns the first digits with ids from 0. */
  public static List<Row> images(int count) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (IdxReader images = sample("images-idx3")) {
      for (int i = 0; i < count; i++) {
        rows.add(image(i, 28, images.next()));
      }
    }
    return rows;
  }

  /** Returns their labels. */
  public static List<Integer> labels(int count) throws IOException {
    List<Integer> all = new ArrayList<>();
    try (IdxReader labels = sample("labels-idx1")) {
      for (int i = 0; i < count; i++) {
        all.add((int) labels.next()[0]);
      }
    }
    return all;
  }

  /** A grey square image. */
  public static Row image(long id, int side, byte[] pixels) {
    return RowFactory.create(id, RowFactory.create(side, side, 1, pixels));
  }

  /** Returns rows of {@link #image} as a table. */
  public static Dataset<Row> frame(SparkSession spark, List<Row> rows, int partitions) {
    return spark.createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  /** Returns rows by their ids. */
  public static SortedMap<Long, Row> byId(Dataset<Row> rows) {
    SortedMap<Long, Row> byId = new TreeMap<>();
    for (Row row : rows.collectAsList()) {
      byId.put(row.getAs("id"), row);
    }
    return byId;
  }

  /** Returns what clustered digits ({@code prediction}) are worth. */
  public static Scores scores(SortedMap<Long, Row> rows, List<Integer> labels) {
    int[] found =
        rows.values().stream().mapToInt(row -> row.<Integer>getAs("prediction")).toArray();
    int[] truth = rows.keySet().stream().mapToInt(id -> labels.get(id.intValue())).toArray();
    return Scores.of(ContingencyTable.of(found, truth));
  }

  private static IdxReader sample(String kind) throws IOException {
    String name = "/sample/mnist/t10k-5000-" + kind + "-ubyte.gz";
    InputStream in = Digits.class.getResourceAsStream(name);
    return IdxReader.open(new GZIPInputStream(in), name);
  }
}
