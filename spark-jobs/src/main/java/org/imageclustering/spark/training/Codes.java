package org.imageclustering.spark.training;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.imageclustering.spark.session.Lazily;
import org.imageclustering.spark.training.layer.RowArrays;
import org.imageclustering.spark.training.layer.WindowLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Sends images through an encoder, or codes through a decoder. */
public final class Codes {
  private final ComputationGraph graph;

  /** The encoder and decoder of a trained network, for the calling thread. */
  public Codes(NetworkState state) {
    Natives.require();
    this.graph = state.network();
  }

  /** Returns the numbers of an image that the network takes. */
  public int imageLength() {
    WindowLayer first = (WindowLayer) graph.getLayer(0).conf().getLayer();
    return (int) first.getNIn();
  }

  /**
   * Returns the codes of images. Layer by layer, each array given back at once: DL4J's own way to
   * an inner vertex leaves a workspace open where the encoder has a single layer.
   *
   * @param images n x pixels, in [0, 1]
   * @return n x d
   */
  public float[] encode(float[] images, int count) {
    int pixels = images.length / Math.max(1, count);
    INDArray rows = RowArrays.of(images, count, pixels);
    for (int i = 1; graph.getConfiguration().getVertices().containsKey("encode-" + i); i++) {
      rows = next("encode-" + i, rows);
    }
    rows = next(AutoencoderGraph.CODE, rows);
    float[] codes = rows.data().asFloat();
    graph.clear();
    rows.close();
    return codes;
  }

  private INDArray next(String layer, INDArray rows) {
    INDArray result = graph.getLayer(layer).activate(rows, false, LayerWorkspaceMgr.noWorkspaces());
    graph.getLayer(layer).clear();
    rows.close();
    return result;
  }

  /**
   * Returns the reconstructions of images, in [0, 1] where the network's loss takes a sigmoid.
   *
   * @param images n x pixels
   */
  public float[] reconstruct(float[] images, int count) {
    int pixels = images.length / Math.max(1, count);
    try (INDArray rows = RowArrays.of(images, count, pixels)) {
      return output(AutoencoderGraph.RECONSTRUCTION, rows);
    }
  }

  /**
   * Returns what codes decode to, after the loss's activation.
   *
   * @param codes n x d
   */
  public float[] decode(float[] codes, int count) {
    INDArray rows = Nd4j.createFromArray(codes).reshape('c', count, codes.length / count);
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    for (int i = 1; graph.getConfiguration().getVertices().containsKey("decode-" + i); i++) {
      rows = graph.getLayer("decode-" + i).activate(rows, false, none);
    }
    rows = graph.getLayer(AutoencoderGraph.RECONSTRUCTION).activate(rows, false, none);
    return rows.dup('c').data().asFloat();
  }

  private float[] output(String vertex, INDArray rows) {
    INDArray result = graph.output(List.of(vertex), false, new INDArray[] {rows}, null)[0];
    float[] values = result.dup('c').data().asFloat();
    graph.clear();
    return values;
  }

  /**
   * Returns the codes of blocks of images, each with cluster -1. Lazy.
   *
   * @param sent what the codes read, for as long as they are read
   */
  static JavaRDD<CodeBlock> of(Sent sent, JavaRDD<ImageBlock> blocks, NetworkState state) {
    Broadcast<NetworkState> shared = sent.send(state.withoutUpdater());
    return blocks.mapPartitions(
        partition -> {
          Codes codes = new Codes(shared.value());
          return Lazily.map(
              partition, block -> CodeBlock.unassigned(block, block.through(codes::encode)));
        });
  }
}
