/**
 * Eigenvectors of large symmetric matrices that are known only by their products (SA-Net, Algorithm
 * 1, step 3). Stands between the affinity graph and what is made of its eigenvectors: feature maps
 * in SA-Net's layers, coordinates in the last step.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>name</th><th>shape</th></tr>
 * <tr><td>A</td><td>{@link org.imageclustering.spectral.SymmetricOperator}</td><td>n x n</td></tr>
 * <tr><td>lambda_j</td><td>{@link org.imageclustering.spectral.EigenPairs#values()}, descending</td><td>m</td></tr>
 * <tr><td>u_j</td><td>{@link org.imageclustering.spectral.EigenPairs#vectors()}, columns</td><td>n x m</td></tr>
 * <tr><td>|A u_j - lambda_j u_j|</td>
 * <td>{@link org.imageclustering.spectral.EigenPairs#residuals()}</td><td>m</td></tr>
 * </table>
 *
 * <p>A is D^-1/2 W D^-1/2, so its largest eigenvalues are one minus the smallest of L_sym.
 */
package org.imageclustering.spectral;
