/**
 * Winner-take-all co-clustering: a convolutional autoencoder that learns sparse visual elements,
 * the co-clustering of images and elements, and linear support vector machines that refine and join
 * the clusters. {@link org.imageclustering.spark.training} trains the network. Stands between the
 * images and {@code features}, the pooled maps, and joins what comes after.
 *
 * <table>
 *   <caption>Symbols</caption>
 *   <tr><th>symbol</th><th>name</th><th>shape</th></tr>
 *   <tr><td>u_i</td><td>image, a row of A</td><td></td></tr>
 *   <tr><td>v_j</td><td>visual element, a column of A: a kernel at a place</td><td></td></tr>
 *   <tr><td>A</td><td>{@code features}, pooled maps</td><td>m x n</td></tr>
 *   <tr><td>k</td><td>co-clusters</td><td></td></tr>
 *   <tr><td>k'</td><td>final clusters</td><td></td></tr>
 * </table>
 */
package org.imageclustering.spark.winnertakeall;
