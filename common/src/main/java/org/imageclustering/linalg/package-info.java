/**
 * Linear algebra in single precision: row-major matrices and the matrix product of the machine's
 * BLAS, tall sparse matrices in parts of rows, loops over the machine's cores whose result does not
 * depend on how many there are. Everything else in {@code common} stands on it. A matrix is n x d,
 * one point a row.
 */
package org.imageclustering.linalg;
