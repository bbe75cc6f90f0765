/** Eigenvectors of large symmetric matrices that are known only by their products. */
package org.imageclustering.spectral;
