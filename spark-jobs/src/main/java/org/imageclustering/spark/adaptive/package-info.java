/**
 * Deep adaptive clustering beside an autoencoder (AE + DAC: Yu, Liu, Han, Li, Tang and Wu,
 * <i>Representation Learning Based on Autoencoder and Deep Adaptive Clustering for Image
 * Clustering</i>, after Chang, Wang, Meng, Xiang and Pan, <i>Deep Adaptive Image Clustering</i>).
 * Stands between the images and {@code features}; its own output is the partition.
 *
 * <table>
 *   <caption>Symbols</caption>
 *   <tr><th>symbol</th><th>name</th><th>shape</th></tr>
 *   <tr><td>x</td><td>image</td><td>h w c</td></tr>
 *   <tr><td>f(x)</td><td>code, the encoder's last maps</td><td>d</td></tr>
 *   <tr><td>z</td><td>the head's softmax, {@code probabilities}</td><td>K</td></tr>
 *   <tr><td>z_i . z_j</td><td>similarity: dot product of both divided by their length</td><td></td></tr>
 *   <tr><td>r_ij</td><td>label of a pair: 1, 0 or none</td><td></td></tr>
 *   <tr><td>u, l</td><td>{@code upper}, {@code lower}: thresholds of the similarity</td><td></td></tr>
 *   <tr><td>xi</td><td>{@code xi}, moves u and l towards each other</td><td></td></tr>
 *   <tr><td>alpha, beta</td><td>weights of reconstruction and clustering</td><td></td></tr>
 * </table>
 */
package org.imageclustering.spark.adaptive;
