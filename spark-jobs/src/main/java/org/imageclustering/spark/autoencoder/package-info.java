/**
 * Autoencoder clustering: AEC on dense layers (Song, Liu, Huang, Wang and Tan, <i>Auto-encoder
 * Based Data Clustering</i>) and DCAE on convolutions (Alqahtani, Xie, Deng and Jones, <i>A Deep
 * Convolutional Auto-Encoder with Embedded Clustering</i>). Both describe a network; {@link
 * org.imageclustering.spark.training} trains it. Stands between the images and {@code features},
 * the codes.
 *
 * <table>
 *   <caption>Symbols</caption>
 *   <tr><th>symbol</th><th>name</th><th>shape</th></tr>
 *   <tr><td>x</td><td>image</td><td>h w c</td></tr>
 *   <tr><td>f(x), h(x)</td><td>code, {@code features}</td><td>d</td></tr>
 *   <tr><td>c_j</td><td>centre</td><td>d</td></tr>
 *   <tr><td>lambda</td><td>weight of the distance to the centre</td><td></td></tr>
 * </table>
 */
package org.imageclustering.spark.autoencoder;
