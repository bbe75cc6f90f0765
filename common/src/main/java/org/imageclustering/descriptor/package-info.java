/**
 * Descriptors of whole images: what enters a clustering in place of the pixels. Stands between the
 * images and {@code features}; {@code org.imageclustering.spark.descriptor} applies it to tables.
 *
 * <table>
 *   <caption>Symbols of the histograms of oriented gradients (Dalal and Triggs 2005)</caption>
 *   <tr><td>eta</td><td>{@code bins}, orientations over 180 degrees</td><td>9</td></tr>
 *   <tr><td>cell</td><td>{@code cell}, side in pixels</td><td>4 on 28 x 28</td></tr>
 *   <tr><td>block</td><td>2 x 2 cells, normalised together</td><td>stride of one cell</td></tr>
 *   <tr><td>v</td><td>a block's 4 eta numbers</td><td></td></tr>
 * </table>
 */
package org.imageclustering.descriptor;
