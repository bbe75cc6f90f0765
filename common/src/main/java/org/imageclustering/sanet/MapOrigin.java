package org.imageclustering.sanet;

import java.io.Serializable;
import org.imageclustering.linalg.FloatMatrix;

/** Which procedure a feature map comes from, and the eigenvalue it belongs to (SA-Net, Fig. 4). */
public final class MapOrigin implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int procedure;
  private final float eigenvalue;

  /**
   * An origin; the eigenvalue in single precision, as a model keeps it, so that a layer that is
   * read again orders its maps as the one that was fitted.
   *
   * @param procedure number of the procedure within its layer, from 0
   * @param eigenvalue of the normalised Laplacian, in [0, 2]
   */
  public MapOrigin(int procedure, double eigenvalue) {
    this.procedure = procedure;
    this.eigenvalue = (float) eigenvalue;
  }

  /** Returns the number of the procedure within its layer. */
  public int procedure() {
    return procedure;
  }

  /** Returns the eigenvalue of the normalised Laplacian. */
  public double eigenvalue() {
    return eigenvalue;
  }

  /** Returns origins as rows (procedure, eigenvalue). */
  static FloatMatrix toMatrix(MapOrigin[] origins) {
    FloatMatrix matrix = FloatMatrix.zeros(origins.length, 2);
    for (int i = 0; i < origins.length; i++) {
      matrix.values()[2 * i] = origins[i].procedure;
      matrix.values()[2 * i + 1] = origins[i].eigenvalue;
    }
    return matrix;
  }

  /** Returns the origins that {@link #toMatrix} wrote. */
  static MapOrigin[] ofMatrix(FloatMatrix matrix) {
    MapOrigin[] origins = new MapOrigin[matrix.rows()];
    for (int i = 0; i < origins.length; i++) {
      origins[i] = new MapOrigin((int) matrix.values()[2 * i], matrix.values()[2 * i + 1]);
    }
    return origins;
  }
}
