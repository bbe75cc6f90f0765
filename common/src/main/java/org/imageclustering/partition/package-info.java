/**
 * From an affinity graph to a partition into K clusters: the last step of every method.
 * Eigenvectors become coordinates, a pool of candidate partitions is drawn from them, a label-free
 * criterion chooses one, and single points are moved until nothing improves.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>name</th><th>shape</th></tr>
 * <tr><td>W, D</td><td>graph, its degrees</td><td>n x n, n</td></tr>
 * <tr><td>lambda_j, u_j</td><td>eigenvalues and eigenvectors of D^-1/2 W D^-1/2, descending</td><td>m, n x m</td></tr>
 * <tr><td>K</td><td>clusters</td><td></td></tr>
 * <tr><td>L_ic</td><td>links of point i to cluster c</td><td>n x K</td></tr>
 * </table>
 */
package org.imageclustering.partition;
