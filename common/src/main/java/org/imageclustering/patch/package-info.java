/**
 * Patches: the small windows of an image, or of its feature maps, that SA-Net's spectral layers
 * work on.
 *
 * <table>
 *   <caption>Symbols of SA-Net, section 3.2 (1)</caption>
 *   <tr><th>paper</th><th>here</th><th>shape</th></tr>
 *   <tr><td>I_i</td><td>{@link org.imageclustering.patch.FeatureMaps}, one image</td><td>m x n x c</td></tr>
 *   <tr><td>p_h, p_w, s</td><td>{@link org.imageclustering.patch.PatchGeometry}</td><td></td></tr>
 *   <tr><td>x_ij</td><td>one row of {@link org.imageclustering.patch.UniqueRows}</td><td>p_h p_w c</td></tr>
 * </table>
 */
package org.imageclustering.patch;
