package org.imageclustering.spectral;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.linalg.Sgemm;

/**
 * The largest eigenpairs of a normalised affinity from some of its columns (Fowlkes, Belongie,
 * Chung and Malik 2004): {@code W ~ C A^-1 C^T} with C the sampled columns, n x l, and A their
 * rows.
 *
 * <ol>
 *   <li>Degrees of the approximation, {@code d = C A^-1 C^T 1}; at least the sum of the node's
 *       sampled weights, for an indefinite A can make them smaller.
 *   <li>C and A are normalised by them.
 *   <li>{@code A = U L U^T}; eigenvalues below 1e-6 of the largest, negative ones among them, are
 *       clipped. {@code Z = C U L^-1/2}.
 *   <li>{@code Z^T Z = F S F^T}; the eigenvectors are {@code Z F S^-1/2}, the eigenvalues S.
 * </ol>
 *
 * Without clipping, steps 3 and 4 are both the one-shot method for positive semidefinite matrices,
 * whose {@code A + A^-1/2 B B^T A^-1/2} has the eigenvalues of {@code Z^T Z}, and the two-step
 * method for indefinite ones (Fowlkes et al.).
 *
 * <p>The columns are computed again in each of four passes and not stored: {@code O(n l (d + l))}
 * time, {@code l^2} doubles and n x count floats of memory.
 */
public final class Nystrom {
  private static final int TILE = 256;
  private static final double CLIPPED = 1e-6;
  private static final int PARTS = 64;

  /** Parts whose sums of l x l numbers are held at a time. */
  private static final int WAVE = 8;

  private final SymmetricEntries affinity;
  private final int[] landmarks;
  private final int n;
  private final int l;
  private double[] degrees;

  private Nystrom(SymmetricEntries affinity, int[] landmarks) {
    this.affinity = affinity;
    this.landmarks = landmarks;
    this.n = affinity.dimension();
    this.l = landmarks.length;
  }

  /**
   * Returns the {@code count} largest eigenpairs of the normalised approximation, with the degrees
   * of the approximation. The residuals are 0: those against the affinity itself need rows of it.
   *
   * @param affinity not normalised, weights at least 0
   * @param landmarks the columns, different nodes, at least {@code count}; not modified
   * @throws UserException if the sampled columns have a lower rank than {@code count}
   */
  public static KernelSpectrum largest(SymmetricEntries affinity, int[] landmarks, int count) {
    return new Nystrom(affinity, landmarks).run(count);
  }

  private KernelSpectrum run(int count) {
    double[] corner = corner();
    degrees = degrees(new Root(corner));
    double[] normalised = corner.clone();
    for (int i = 0; i < l; i++) {
      for (int j = 0; j < l; j++) {
        normalised[i * l + j] *= scale(landmarks[i]) * scale(landmarks[j]);
      }
    }
    Root root = new Root(normalised);
    int rank = root.rank;
    if (rank < count) {
      throw new UserException(
          "Cannot compute %d eigenvectors from %d columns of the affinity: found that they have rank %d, expected at least %d; take more columns, a smaller sigma or fewer eigenvectors"
              .formatted(count, l, rank, count));
    }
    SmallEigen eigen = new SmallEigen(rank, root.sandwich(gram()), rank);
    FloatMatrix vectors = vectors(root, eigen, count);
    Signs.fixInPlace(vectors);
    double[] values = Arrays.copyOf(eigen.values, count);
    return new KernelSpectrum(new EigenPairs(values, vectors, new double[count]), degrees);
  }

  private double scale(int node) {
    return 1 / Math.sqrt(degrees[node]);
  }

  /** Returns A, l x l, symmetric. */
  private double[] corner() {
    double[] corner = new double[l * l];
    float[] row = new float[l];
    for (int i = 0; i < l; i++) {
      affinity.tile(landmarks[i], landmarks[i] + 1, landmarks, row);
      for (int j = 0; j < l; j++) {
        corner[i * l + j] += row[j] / 2.0;
        corner[j * l + i] += row[j] / 2.0;
      }
    }
    return corner;
  }

  /** Returns {@code C A^-1 C^T 1}, not below {@code C 1}. */
  private double[] degrees(Root root) {
    double[][] parts = new double[Parallel.chunks(n, partLength())][];
    forTiles((part, from, until, tile) -> addColumnSums(parts, part, until - from, tile));
    double[] columnSums = new double[l];
    for (double[] part : parts) {
      for (int c = 0; c < l; c++) {
        columnSums[c] += part[c];
      }
    }
    double[] coefficients = root.inverseTimes(columnSums);
    double[] sums = new double[n];
    forTiles(
        (part, from, until, tile) -> {
          for (int i = from; i < until; i++) {
            double own = 0;
            double all = 0;
            for (int c = 0; c < l; c++) {
              own += tile[(i - from) * l + c];
              all += tile[(i - from) * l + c] * coefficients[c];
            }
            sums[i] = Math.max(Math.max(own, all), Float.MIN_NORMAL);
          }
        });
    return sums;
  }

  private void addColumnSums(double[][] parts, int part, int rows, float[] tile) {
    double[] sum = parts[part] == null ? new double[l] : parts[part];
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < l; c++) {
        sum[c] += tile[i * l + c];
      }
    }
    parts[part] = sum;
  }

  /** Returns {@code C^T C} of the normalised columns, l x l. */
  private double[] gram() {
    double[] gram = new double[l * l];
    int parts = Parallel.chunks(n, partLength());
    for (int from = 0; from < parts; from += WAVE) {
      int first = from;
      double[][] wave = new double[Math.min(WAVE, parts - first)][];
      forParts(first, first + wave.length, part -> wave[part - first] = gramOf(part));
      // Added in the parts' order, so that the sum is the same on any number of cores.
      for (double[] own : wave) {
        RowPart.add(gram, own);
      }
    }
    return gram;
  }

  private double[] gramOf(int part) {
    double[] sum = new double[l * l];
    float[] product = new float[l * l];
    forTilesOf(
        part,
        (same, from, until, tile) -> {
          normalise(from, until, tile);
          Sgemm.get().transposedTimes(l, l, until - from, tile, 0, tile, 0, product);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += product[i];
          }
        });
    return sum;
  }

  private void normalise(int from, int until, float[] tile) {
    for (int i = from; i < until; i++) {
      for (int c = 0; c < l; c++) {
        int at = (i - from) * l + c;
        tile[at] = (float) (tile[at] * scale(i) * scale(landmarks[c]));
      }
    }
  }

  private FloatMatrix vectors(Root root, SmallEigen eigen, int count) {
    Block block = new Block(n, count);
    float[] map = root.map(eigen, count);
    forTiles(
        (part, from, until, tile) -> {
          normalise(from, until, tile);
          float[] rows = new float[(until - from) * count];
          Sgemm.get().times(until - from, count, l, tile, map, rows);
          System.arraycopy(rows, 0, block.values(), from * count, rows.length);
        });
    // Small eigenvalues of A magnify rounding: the columns are orthogonal but for some digits.
    Orthonormal.retractInPlace(block);
    return new FloatMatrix(n, count, block.values());
  }

  private int partLength() {
    return Parallel.chunks(Parallel.chunks(n, PARTS), TILE) * TILE;
  }

  private static void forParts(int from, int until, IntConsumer work) {
    IntStream.range(from, until).parallel().forEach(work);
  }

  private void forTiles(TileWork work) {
    forParts(0, Parallel.chunks(n, partLength()), part -> forTilesOf(part, work));
  }

  private void forTilesOf(int part, TileWork work) {
    float[] tile = new float[TILE * l];
    int end = Math.min(n, (part + 1) * partLength());
    for (int from = part * partLength(); from < end; from += TILE) {
      int until = Math.min(end, from + TILE);
      affinity.tile(from, until, landmarks, tile);
      work.on(part, from, until, tile);
    }
  }

  /** What is done with some rows of C. */
  @FunctionalInterface
  private interface TileWork {
    void on(int part, int from, int until, float[] tile);
  }

  /** A symmetric matrix as {@code U L U^T} without its clipped eigenvalues. */
  private static final class Root {
    private final int size;
    private final SmallEigen eigen;
    private final int rank;

    Root(double[] matrix) {
      this.size = (int) Math.round(Math.sqrt(matrix.length));
      this.eigen = new SmallEigen(size, matrix.clone(), size);
      int kept = 0;
      while (kept < size && eigen.values[kept] > CLIPPED * eigen.values[0]) {
        kept++;
      }
      this.rank = kept;
    }

    /** Returns {@code U L^-1 U^T x}. */
    double[] inverseTimes(double[] x) {
      double[] result = new double[size];
      for (int r = 0; r < rank; r++) {
        double dot = 0;
        for (int i = 0; i < size; i++) {
          dot += eigen.vectors[r][i] * x[i];
        }
        for (int i = 0; i < size; i++) {
          result[i] += eigen.vectors[r][i] * dot / eigen.values[r];
        }
      }
      return result;
    }

    /** Returns {@code L^-1/2 U^T G U L^-1/2}, rank x rank. */
    double[] sandwich(double[] gram) {
      double[][] half = new double[rank][];
      IntStream.range(0, rank)
          .parallel()
          .forEach(
              r -> {
                double[] row = new double[size];
                for (int i = 0; i < size; i++) {
                  double u = eigen.vectors[r][i] / Math.sqrt(eigen.values[r]);
                  for (int j = 0; j < size; j++) {
                    row[j] += u * gram[i * size + j];
                  }
                }
                half[r] = row;
              });
      double[] result = new double[rank * rank];
      IntStream.range(0, rank)
          .parallel()
          .forEach(
              r -> {
                for (int s = 0; s <= r; s++) {
                  double sum = 0;
                  for (int j = 0; j < size; j++) {
                    sum += half[r][j] * eigen.vectors[s][j];
                  }
                  result[r * rank + s] = sum / Math.sqrt(eigen.values[s]);
                }
              });
      for (int r = 0; r < rank; r++) {
        for (int s = 0; s < r; s++) {
          result[s * rank + r] = result[r * rank + s];
        }
      }
      return result;
    }

    /** Returns {@code U L^-1/2 F S^-1/2}, size x count, row-major. */
    float[] map(SmallEigen rotated, int count) {
      float[] map = new float[size * count];
      for (int c = 0; c < count; c++) {
        double[] column = new double[size];
        for (int r = 0; r < rank; r++) {
          double factor = rotated.vectors[c][r] / Math.sqrt(eigen.values[r] * rotated.values[c]);
          for (int i = 0; i < size; i++) {
            column[i] += factor * eigen.vectors[r][i];
          }
        }
        for (int i = 0; i < size; i++) {
          map[i * count + c] = (float) column[i];
        }
      }
      return map;
    }
  }
}
