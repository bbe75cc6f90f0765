package org.imageclustering.spark.adaptive;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.imageclustering.spark.session.Lazily;
import org.imageclustering.spark.training.CodeBlock;
import org.imageclustering.spark.training.ImageBlock;
import org.imageclustering.spark.training.Natives;
import org.imageclustering.spark.training.NetworkState;
import org.imageclustering.spark.training.Sent;
import org.imageclustering.spark.training.layer.RowArrays;
import org.imageclustering.spark.training.layer.WindowLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sends images through a trained network, with the running averages of the batch normalisation:
 * what an image gives does not depend on those beside it. For the calling thread.
 */
final class NetworkOutputs {
  private final ComputationGraph graph;
  private final int imageLength;

  /** The outputs of a network in the configuration for reconstruction. */
  NetworkOutputs(NetworkState state) {
    Natives.require();
    this.graph = state.network();
    WindowLayer first = (WindowLayer) graph.getLayer("encode-1").conf().getLayer();
    this.imageLength = (int) first.getNIn();
  }

  /** Returns the numbers of an image that the network takes. */
  int imageLength() {
    return imageLength;
  }

  /**
   * Returns what vertices give for images.
   *
   * @param images n x numbers of an image, in [0, 1]
   * @return n x width for each vertex
   */
  float[][] of(float[] images, int count, String... vertices) {
    try (INDArray rows = RowArrays.of(images, count, imageLength)) {
      INDArray[] found = graph.output(List.of(vertices), false, new INDArray[] {rows}, null);
      float[][] values = new float[found.length][];
      for (int v = 0; v < values.length; v++) {
        values[v] = found[v].dup('c').data().asFloat();
      }
      graph.clear();
      return values;
    }
  }

  /** Replaces rows of K values by their softmax. */
  static void softmaxInPlace(float[] values, int k) {
    for (int offset = 0; offset < values.length; offset += k) {
      double[] softmax = Softmax.of(values, offset, k);
      for (int c = 0; c < k; c++) {
        values[offset + c] = (float) softmax[c];
      }
    }
  }

  /** Returns the place of the largest of K numbers, the first on a tie. */
  static int largest(float[] values, int offset, int k) {
    int largest = 0;
    for (int c = 1; c < k; c++) {
      largest = values[offset + c] > values[offset + largest] ? c : largest;
    }
    return largest;
  }

  /**
   * Returns for blocks of images what a vertex gives, as their codes. Of the head's values, the
   * codes are the softmax and the clusters its largest entry; otherwise the clusters are -1. Lazy.
   *
   * @param sent what the codes read, for as long as they are read
   */
  static JavaRDD<CodeBlock> of(
      Sent sent, JavaRDD<ImageBlock> blocks, NetworkState state, String vertex) {
    Broadcast<NetworkState> shared = sent.send(state.withoutUpdater());
    return blocks.mapPartitions(
        partition -> {
          NetworkOutputs outputs = new NetworkOutputs(shared.value());
          return Lazily.map(partition, block -> outputs.block(block, vertex));
        });
  }

  private CodeBlock block(ImageBlock images, String vertex) {
    float[] all = images.through((rows, count) -> of(rows, count, vertex)[0]);
    CodeBlock codes = CodeBlock.unassigned(images, all);
    if (vertex.equals(AdaptiveGraph.VALUES)) {
      int k = all.length / images.size();
      softmaxInPlace(all, k);
      for (int i = 0; i < images.size(); i++) {
        codes.clusters()[i] = largest(all, i * k, k);
      }
    }
    return codes;
  }
}
