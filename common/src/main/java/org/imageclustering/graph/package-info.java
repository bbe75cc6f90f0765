/**
 * Affinity graphs: from nearest neighbours to a sparse symmetric weight matrix W, its components,
 * and its normalised Laplacians (SA-Net, Algorithm 1, steps 1 and 2, Eqs. 5 and 6). Stands between
 * the search ({@code neighbours}) and the eigensolver ({@code spectral}).
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>name</th><th>shape</th></tr>
 * <tr><td>W</td><td>{@link org.imageclustering.graph.CsrGraph}</td><td>n x n, symmetric, sparse</td></tr>
 * <tr><td>D</td><td>{@link org.imageclustering.graph.CsrGraph#degrees()}, the diagonal</td><td>n</td></tr>
 * <tr><td>epsilon, eta</td><td>{@link org.imageclustering.graph.EpsilonGraph}, {@link
 * org.imageclustering.graph.SpanningTree#longestEdge}</td><td></td></tr>
 * <tr><td>k</td><td>{@link org.imageclustering.graph.Neighbours#k()}</td><td></td></tr>
 * <tr><td>D^-1/2 W D^-1/2 = I - L_sym</td>
 * <td>{@link org.imageclustering.graph.NormalizedAffinity}</td><td>n x n</td></tr>
 * <tr><td>L_sym, L_rw</td><td>{@link org.imageclustering.graph.Laplacian}</td><td>n x n</td></tr>
 * </table>
 */
package org.imageclustering.graph;
