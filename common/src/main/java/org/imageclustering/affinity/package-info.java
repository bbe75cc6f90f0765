/**
 * Eigenvectors of fully connected affinities, whose matrix is never stored (SA-Net, section 3.3,
 * Table 1, computing methods). Stands between the kernels of {@code graph}, the solvers of {@code
 * spectral} and SA-Net's procedures; apart from both because the choice of landmarks builds on
 * k-means and the neighbour search.
 *
 * <table>
 * <caption>The paper's methods and where they are</caption>
 * <tr><th>paper</th><th>here</th></tr>
 * <tr><td>Lanczos method</td><td>{@link org.imageclustering.affinity.OperatorEigenvectors} over
 * {@link org.imageclustering.spectral.ChebyshevSubspace} (docs/decisions/003)</td></tr>
 * <tr><td>Nystrom approximation, columns by SMGA</td>
 * <td>{@link org.imageclustering.affinity.NystromEigenvectors}</td></tr>
 * <tr><td>mini-batch analysis</td><td>{@link org.imageclustering.affinity.OperatorEigenvectors} over
 * {@link org.imageclustering.spectral.MiniBatchSubspace}</td></tr>
 * </table>
 */
package org.imageclustering.affinity;
