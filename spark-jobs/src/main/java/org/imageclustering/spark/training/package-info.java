/**
 * Trains DL4J networks on Spark: the stage that the autoencoder methods share. Stands after the
 * images, before {@code features}.
 *
 * <table>
 *   <caption>Symbols (AEC, DCAE)</caption>
 *   <tr><th>symbol</th><th>name</th><th>shape</th></tr>
 *   <tr><td>x</td><td>image's pixels in [0, 1]</td><td>h w c</td></tr>
 *   <tr><td>z = f(x), h(x)</td><td>code</td><td>c</td></tr>
 *   <tr><td>x' = g(z)</td><td>reconstruction</td><td>h w c</td></tr>
 *   <tr><td>c_j</td><td>centre of cluster j</td><td>c</td></tr>
 *   <tr><td>lambda</td><td>weight of the distances to the centres</td><td></td></tr>
 * </table>
 */
package org.imageclustering.spark.training;
