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
    this(matrix, new Block(matrix.dimension(), width));
  }

  /**
   * The block that an array holds.
   *
   * @param values n x width, row-major; kept and overwritten
   */
  public LocalSubspace(SymmetricOperator matrix, int width, float[] values) {
    this(matrix, new Block(matrix.dimension(), width, values));
  }

  private LocalSubspace(SymmetricOperator matrix, Block block) {
    this.matrix = matrix;
    this.block = block;
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
    block.forImages(
        matrix,
        width,
        x,
        y,
        (from, panelWidth, columns, image) ->
            RowPart.putColumns(
                block.transposedTimes(panelWidth, image), projected, width, from, panelWidth));
    return new Projections(gram, projected);
  }

  /** Returns A X, n x b, row-major. */
  public float[] image() {
    Block whole = new Block(matrix.dimension(), block.width());
    block.forImages(
        matrix,
        block.width(),
        x,
        y,
        (from, panelWidth, columns, image) -> whole.copyFrom(image, from, panelWidth));
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
    FloatMatrix vectors = FloatMatrix.zeros(matrix.dimension(), count);
    block.copyTo(vectors.values(), 0, count);
    return vectors;
  }

  @Override
  public void close() {}
}
