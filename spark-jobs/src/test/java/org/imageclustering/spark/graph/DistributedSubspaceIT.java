package org.imageclustering.spark.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.GraphEigenvectors;
import org.imageclustering.graph.KnnGraph;
import org.imageclustering.graph.NormalizedAffinity;
import org.imageclustering.graph.Symmetrisation;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.neighbours.ExactIndex;
import org.imageclustering.neighbours.LocalNeighbours;
import org.imageclustering.spectral.EigenPairs;
import org.imageclustering.spectral.EigenSolver;
import org.junit.jupiter.api.Test;

final class DistributedSubspaceIT {
  /** The columns of a block do not depend on each other, so where they are filtered is unseen. */
  @Test
  void executorsGiveTheDriversVectorsBitForBit() {
    EigenPairs here = GraphEigenvectors.largest(EigenSolver.get(), graph(), 40, 1);
    EigenPairs there =
        GraphEigenvectors.largest(DistributedSubspace.solver(spark(), 1), graph(), 40, 1);
    assertThat(there.values()).isEqualTo(here.values());
    assertThat(there.vectors().values()).isEqualTo(here.vectors().values());
    assertThat(there.residuals()).isEqualTo(here.residuals());
  }

  @Test
  void kryoCarriesTheMatrix() {
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    NormalizedAffinity matrix = new NormalizedAffinity(graph());
    scala.reflect.ClassTag<NormalizedAffinity> tag =
        scala.reflect.ClassTag$.MODULE$.apply(NormalizedAffinity.class);
    ByteBuffer bytes = kryo.serialize(matrix, tag);
    NormalizedAffinity arrived = kryo.deserialize(bytes, tag);
    float[] x = new float[matrix.dimension()];
    x[3] = 1;
    float[] y = new float[x.length];
    float[] z = new float[x.length];
    matrix.multiply(1, x, y);
    arrived.multiply(1, x, z);
    assertThat(z).isEqualTo(y);
  }

  private static CsrGraph graph() {
    Random random = new Random(5);
    float[] values = new float[1500 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return KnnGraph.of(
        LocalNeighbours.search(ExactIndex.of(new FloatMatrix(1500, 3, values)), 9),
        EdgeWeights.BINARY,
        Symmetrisation.MEAN);
  }

  private static JavaSparkContext spark() {
    SparkSession session =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }
}
