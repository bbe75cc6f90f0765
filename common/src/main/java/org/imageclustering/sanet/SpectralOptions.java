package org.imageclustering.sanet;

import java.util.List;
import org.imageclustering.UserException;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.Padding;
import org.imageclustering.patch.PatchGeometry;

/**
 * A spectral analysis layer: windows, and the procedures that run side by side on them.
 *
 * @param name its key in the configuration
 * @param patch side of the windows, or 0: derived from the input, so that about 6 x 6 of them cover
 *     an image (9 at stride 5 on 28 x 28), or two thirds of the maps for a later layer
 * @param stride distance between windows, or 0: derived likewise
 * @param padding at the border
 * @param centering whether the mean of each window is subtracted
 * @param projection number of principal components that windows are projected to before neighbours
 *     are searched; 0 for none
 * @param eigenvectors how many each procedure gives, 1 to 1024
 * @param exact whether it must give so many; otherwise fewer where there are fewer windows
 * @param embedding what becomes of the eigenvectors
 * @param procedures at least one
 */
public record SpectralOptions(
    String name,
    int patch,
    int stride,
    Padding padding,
    Centering centering,
    int projection,
    int eigenvectors,
    boolean exact,
    Embedding embedding,
    List<ProcedureOptions> procedures)
    implements LayerOptions {

  /** Whether the mean of each window is subtracted before anything else. */
  public enum Centering {
    /** Subtract it. */
    MEAN,
    /** Leave the window as it is. */
    NONE
  }

  /** What becomes of the eigenvectors of a graph of windows. */
  public enum Embedding {
    /**
     * The first, trivial eigenvector is dropped, and a window's entries are scaled to unit length
     * (Ng, Jordan and Weiss 2001, step 4). Constant windows are no nodes; their maps are zero
     * (docs/decisions/008).
     */
    UNIT,
    /** The entries as they are, the trivial eigenvector included: the paper taken literally. */
    RAW
  }

  /** Whether a layer sees images or the maps of an earlier layer. */
  public enum Role {
    /** The layer sees images. */
    FIRST,
    /** The layer sees maps. */
    LATER
  }

  /** Windows along a side, where their size is derived: 36 of them as in the paper's MNIST. */
  private static final double WINDOWS_A_SIDE = 6;

  /** Share of the maps' side that a derived window of a later layer covers (4 of 6). */
  private static final float LATER_SHARE = 2f / 3;

  /** The smallest patch of an image that is derived, in pixels. */
  private static final int SMALLEST_PATCH = 3;

  /** The eigenvectors of a procedure where their number is not given (docs/decisions/018). */
  static final int EIGENVECTORS = 64;

  /** Checks the ranges. */
  public SpectralOptions {
    Ranges.atLeast(name, "patch", patch, 0);
    Ranges.atLeast(name, "stride", stride, 0);
    Ranges.atLeast(name, "projection", projection, 0);
    Ranges.between(name, "eigenvectors", eigenvectors, 1, 1024);
    Ranges.notEmpty(name, "procedures", procedures);
    procedures = List.copyOf(procedures);
    for (ProcedureOptions procedure : procedures) {
      procedure.requireServes(0, eigenvectors);
    }
  }

  /**
   * Lays the windows over an input, deriving what is not given.
   *
   * @throws UserException if the patch is larger than the input
   */
  public PatchGeometry geometry(MapShape input, Role role) {
    int smallest = Math.min(input.height(), input.width());
    if (patch > smallest) {
      throw new UserException(
          "Cannot cut patches: found %s.patch = %d on an input of %s, expected %d or less"
              .formatted(name, patch, input, smallest));
    }
    int step = stride > 0 ? stride : role == Role.FIRST ? firstStride(input) : 1;
    int derived = role == Role.FIRST ? firstPatch(step) : Math.round(smallest * LATER_SHARE);
    int side = patch > 0 ? patch : Math.max(1, Math.min(derived, smallest));
    return new PatchGeometry(input, side, step, padding);
  }

  /** About a third of the image's side where the stride is derived (docs/decisions/018). */
  private static int firstPatch(int stride) {
    return Math.max(SMALLEST_PATCH, 2 * stride - 1);
  }

  /** Returns how many eigenvectors each procedure gives on a graph of so many windows. */
  int eigenvectors(int nodes) {
    return exact ? eigenvectors : Math.max(1, Math.min(eigenvectors, nodes - 2));
  }

  private static int firstStride(MapShape input) {
    double area = (double) input.height() * input.width();
    return Math.max(1, (int) Math.ceil(Math.sqrt(area) / WINDOWS_A_SIDE));
  }
}
