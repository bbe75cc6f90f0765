/**
 * Dense linear algebra in single precision: row-major matrices, the matrix product of the machine's
 * BLAS, loops over the machine's cores whose result does not depend on how many there are.
 * Everything else in {@code common} stands on it. A matrix is n x d, one point a row.
 */
package org.imageclustering.linalg;
