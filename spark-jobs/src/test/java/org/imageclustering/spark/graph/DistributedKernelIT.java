package org.imageclustering.spark.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.affinity.OperatorEigenvectors;
import org.imageclustering.graph.KernelAffinity;
import org.imageclustering.graph.KernelProducts;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spectral.EigenPairs;
import org.imageclustering.spectral.MiniBatchOptions;
import org.imageclustering.spectral.MiniBatchSubspace;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag$;

final class DistributedKernelIT {
  private static final int N = 2600;
  private static final KernelAffinity KERNEL = KernelAffinity.gaussian(points(), 1.5);

  @Test
  void productsHaveTheBitsOfThoseInMemory() {
    KernelProducts here = KernelProducts.inMemory(KERNEL);
    float[] x = new float[N * 5];
    Random random = new Random(2);
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    int[] rows = {2599, 4, 1000, 77, 1025};
    try (DistributedKernel there = new DistributedKernel(spark(), KERNEL)) {
      assertThat(there.ofRows(rows, 5, x)).isEqualTo(here.ofRows(rows, 5, x));
      assertThat(there.ofAll(5, x)).isEqualTo(here.ofAll(5, x));
    }
  }

  @Test
  void miniBatchesFindTheSameVectors() {
    OperatorEigenvectors solver =
        new OperatorEigenvectors(new MiniBatchSubspace(new MiniBatchOptions(0, 20, 1, 0.01)));
    EigenPairs here = solver.largest(KernelProducts.inMemory(KERNEL), 4, 3).pairs();
    try (DistributedKernel kernel = new DistributedKernel(spark(), KERNEL)) {
      EigenPairs there = solver.largest(kernel, 4, 3).pairs();
      assertThat(there.values()).isEqualTo(here.values());
      assertThat(there.vectors().values()).isEqualTo(here.vectors().values());
    }
  }

  @Test
  void kryoCarriesTheKernel() {
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    KernelAffinity arrived =
        kryo.deserialize(
            kryo.serialize(KERNEL, ClassTag$.MODULE$.apply(KernelAffinity.class)),
            ClassTag$.MODULE$.apply(KernelAffinity.class));
    float[] sent = new float[2];
    float[] received = new float[2];
    KERNEL.tile(9, 10, new int[] {1, 2}, sent);
    arrived.tile(9, 10, new int[] {1, 2}, received);
    assertThat(received).isEqualTo(sent);
  }

  private static FloatMatrix points() {
    Random random = new Random(1);
    float[] values = new float[N * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new FloatMatrix(N, 3, values);
  }

  private static JavaSparkContext spark() {
    SparkSession session =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }
}
