/**
 * Co-clustering of the rows (images, documents) and columns (visual elements, words) of a
 * non-negative matrix as the parts of a bipartite graph (Dhillon 2001; the winner-take-all paper's
 * Algorithm 1). Stands between sparse features and assignments.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>name</th><th>shape</th></tr>
 * <tr><td>A</td><td>rows of features, {@link org.imageclustering.linalg.SparseRows}</td><td>m x n</td></tr>
 * <tr><td>D1, D2</td><td>sums of A's rows and columns</td><td>m, n</td></tr>
 * <tr><td>B = D1^-1/2 A</td><td>{@link org.imageclustering.linalg.RowParts}</td><td>m x n</td></tr>
 * <tr><td>A_n = B D2^-1/2, A_n^T A_n</td><td>{@link org.imageclustering.coclustering.BipartiteScaling}</td><td>m x n, n x n</td></tr>
 * <tr><td>1 - lambda</td><td>{@link org.imageclustering.coclustering.BipartiteEmbedding#singularValues()}</td><td>l</td></tr>
 * <tr><td>Y</td><td>right singular vectors, {@link org.imageclustering.coclustering.BipartiteEmbedding#columnPoints()}</td><td>n x l</td></tr>
 * <tr><td>Z</td><td>left ones, a row at a time by {@link org.imageclustering.coclustering.BipartiteEmbedding#point}</td><td>m x l</td></tr>
 * </table>
 */
package org.imageclustering.coclustering;
