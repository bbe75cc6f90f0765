package org.imageclustering.spark.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.neighbours.CellIndex;
import org.imageclustering.neighbours.CellOptions;
import org.imageclustering.neighbours.ExactIndex;
import org.imageclustering.neighbours.LocalNeighbours;
import org.junit.jupiter.api.Test;

final class DistributedNeighboursIT {
  private static final int K = 7;

  @Test
  void anyNumberOfTasksGivesTheSame() {
    JavaSparkContext spark = spark();
    for (NeighbourIndex index : indexes()) {
      Neighbours here = LocalNeighbours.search(index, K);
      for (int tasks : new int[] {1, 3, 7}) {
        assertSame(DistributedNeighbours.search(spark, index, K, tasks), here);
      }
      assertSame(DistributedNeighbours.search(spark, index, K), here);
    }
  }

  @Test
  void moreTasksThanPointsAreAllowed() {
    NeighbourIndex index = ExactIndex.of(new FloatMatrix(2, 1, new float[] {1, 3}));
    assertThat(DistributedNeighbours.search(spark(), index, 1, 5).ids()).containsExactly(1, 0);
  }

  @Test
  void theCallersJobDescriptionStays() {
    JavaSparkContext spark = spark();
    spark.setLocalProperty("spark.job.description", "layer first");
    DistributedNeighbours.search(spark, indexes()[1], K);
    assertThat(spark.getLocalProperty("spark.job.description")).isEqualTo("layer first");
    spark.setLocalProperty("spark.job.description", null);
  }

  @Test
  void kryoCarriesTheIndexAndItsResult() {
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    for (NeighbourIndex index : indexes()) {
      ByteBuffer bytes =
          kryo.serialize(index, scala.reflect.ClassTag$.MODULE$.apply(index.getClass()));
      NeighbourIndex arrived =
          kryo.deserialize(bytes, scala.reflect.ClassTag$.MODULE$.apply(index.getClass()));
      assertThat(arrived.points().values()).isEqualTo(index.points().values());
      Neighbours found = arrived.searchSelf(10, 90, K);
      assertSame(found, index.searchSelf(10, 90, K));
      ByteBuffer result =
          kryo.serialize(found, scala.reflect.ClassTag$.MODULE$.apply(Neighbours.class));
      Neighbours back =
          kryo.deserialize(result, scala.reflect.ClassTag$.MODULE$.apply(Neighbours.class));
      assertSame(back, found);
    }
  }

  private static void assertSame(Neighbours found, Neighbours expected) {
    assertThat(found.ids()).isEqualTo(expected.ids());
    assertThat(found.distances()).isEqualTo(expected.distances());
  }

  private static NeighbourIndex[] indexes() {
    Random random = new Random(3);
    float[] values = new float[9000 * 6];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(6); // many ties, and equal points
    }
    FloatMatrix points = new FloatMatrix(9000, 6, values);
    return new NeighbourIndex[] {
      CellIndex.build(points, CellOptions.auto(1)), ExactIndex.of(points)
    };
  }

  private static JavaSparkContext spark() {
    SparkSession session =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }
}
