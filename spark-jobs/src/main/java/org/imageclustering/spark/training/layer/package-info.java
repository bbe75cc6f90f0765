/**
 * Layers of DL4J networks that reach the speed of the matrix product: dense layers, convolutions
 * and deconvolutions over rows of {@code height x width x channels} numbers. They work in single
 * precision and mix with DL4J's own layers wherever those take rows.
 *
 * <table>
 *   <caption>Symbols</caption>
 *   <tr><th>symbol</th><th>name</th><th>shape</th></tr>
 *   <tr><td>x</td><td>input</td><td>b x (h w c)</td></tr>
 *   <tr><td>W</td><td>weights</td><td>window x maps (convolution), maps x window (deconvolution)</td></tr>
 *   <tr><td>b</td><td>biases</td><td>channels of the output</td></tr>
 *   <tr><td>y = f(z)</td><td>output</td><td>b x (h' w' c')</td></tr>
 * </table>
 */
package org.imageclustering.spark.training.layer;
