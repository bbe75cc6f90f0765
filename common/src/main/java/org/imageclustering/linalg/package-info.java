/**
 * Dense linear algebra in single precision: row-major matrices, the matrix product of the machine's
 * BLAS, loops over the machine's cores whose result does not depend on how many there are.
 */
package org.imageclustering.linalg;
