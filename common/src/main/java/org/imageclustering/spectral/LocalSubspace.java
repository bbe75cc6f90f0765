package org.imageclustering.spectral;

import org.imageclustering.linalg.FloatMatrix;

/**
 * A block, or some of the columns of one, in the memory of this machine, on all cores that {@link
 * org.imageclustering.linalg.Parallel} has. Memory: {@code n (b + 96)} floats.
 */
public final class LocalSubspace implements Subspace {
  private final SymmetricOperator matrix;
  private final Block block;
  private final Panel x;
  private final Panel y;

  /** A block of so many vectors of the matrix's dimension, all zero. */
  public LocalSubspace(SymmetricOperator matrix, int width) {
    this(matrix, width, new float[Math.multiplyExact(matrix.dimension(), width)]);
  }

  /**
   * The block that an array holds.
   *
   * @param values n x width, row-major; kept and overwritten
   */
  public LocalSubspace(SymmetricOperator matrix, int width, float[] values) {
    this.matrix = matrix;
    this.block = new Block(matrix.dimension(), width, values);
    this.x = new Panel(matrix.dimension());
    this.y = new Panel(matrix.dimension());
  }

  @Override
  public int width() {
    return block.width();
  }

  @Override
  public void randomise(int from, long seed) {
    block.randomise(from, seed);
  }

  @Override
  public void filter(ChebyshevFilter filter, int first) {
    filter.applyInPlace(matrix, block, first, x, y);
  }

  @Override
  public Projections projections() {
    int width = block.width();
    double[] gram = block.transposedTimes(width, block.values());
    double[] projected = new double[width * width];
    forPanels(
        (from, panelWidth, image) ->
            RowPart.putColumns(
                block.transposedTimes(panelWidth, image), projected, width, from, panelWidth));
    return new Projections(gram, projected);
  }

  /** Returns A X, n x b, row-major. */
  public float[] image() {
    Block whole = new Block(matrix.dimension(), block.width());
    forPanels((from, panelWidth, image) -> whole.copyFrom(image, from, panelWidth));
    return whole.values();
  }

  @Override
  public void rotate(float[] rotation) {
    block.timesInPlace(rotation);
  }

  @Override
  public double[] residuals(double[] values) {
    return Residuals.of(matrix, values, block, x, y);
  }

  @Override
  public FloatMatrix columns(int count) {
    int n = matrix.dimension();
    float[] vectors = new float[Math.multiplyExact(n, count)];
    block.copyTo(vectors, 0, count);
    return new FloatMatrix(n, count, vectors);
  }

  @Override
  public void close() {}

  /** Passes A X a panel at a time. */
  private void forPanels(PanelUse use) {
    for (int from = 0; from < block.width(); from += Panel.WIDTH) {
      int panelWidth = Math.min(Panel.WIDTH, block.width() - from);
      block.copyTo(x.values(panelWidth), from, panelWidth);
      matrix.multiply(panelWidth, x.values(panelWidth), y.values(panelWidth));
      use.accept(from, panelWidth, y.values(panelWidth));
    }
  }

  /** What is done with some columns of A X. */
  private interface PanelUse {
    void accept(int from, int panelWidth, float[] image);
  }
}
