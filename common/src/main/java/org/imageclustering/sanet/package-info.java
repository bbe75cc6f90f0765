/**
 * SA-Net, a deep network made of spectral analyses (Wang and Jiang): its layers, how they are
 * fitted on a sample of images, and how a fitted layer is applied to any image.
 *
 * <table>
 *   <caption>The paper's parts and where they are</caption>
 *   <tr><th>paper</th><th>here</th></tr>
 *   <tr><td>section 3.2 (1) and (2), spectral analysis layers, Eqs. 8 and 9</td>
 *       <td>{@link org.imageclustering.sanet.SpectralLayerFit},
 *           {@link org.imageclustering.sanet.SpectralLayer}</td></tr>
 *   <tr><td>section 3.2 (3), pooling, Eq. 10</td>
 *       <td>{@link org.imageclustering.sanet.PoolingLayer}</td></tr>
 *   <tr><td>section 3.2 (4), binarization</td>
 *       <td>{@link org.imageclustering.sanet.BinarizationLayer}</td></tr>
 *   <tr><td>section 3.2 (5), coding, Eq. 11 and Fig. 4</td>
 *       <td>{@link org.imageclustering.sanet.CodingLayer}</td></tr>
 *   <tr><td>section 3.3 and Table 1, procedures</td>
 *       <td>{@link org.imageclustering.sanet.ProcedureOptions}</td></tr>
 *   <tr><td>Fig. 5, visual patterns</td>
 *       <td>{@link org.imageclustering.sanet.VisualPatterns}</td></tr>
 * </table>
 *
 * <table>
 *   <caption>Symbols</caption>
 *   <tr><th>paper</th><th>here</th><th>shape</th></tr>
 *   <tr><td>X^0, X^1</td><td>the windows of a layer, one a row</td><td>windows x length</td></tr>
 *   <tr><td>b_1</td><td>{@link org.imageclustering.sanet.SpectralOptions#procedures()}</td><td></td></tr>
 *   <tr><td>d_1t, n_eig</td><td>{@link org.imageclustering.sanet.SpectralOptions#eigenvectors()}</td><td></td></tr>
 *   <tr><td>F_11 to F_1b, stacked</td><td>{@link org.imageclustering.sanet.SpectralLayer#features()}</td>
 *       <td>landmarks x maps</td></tr>
 *   <tr><td>F_i^1, B_i, C_i</td><td>{@link org.imageclustering.patch.FeatureMaps}, one image</td>
 *       <td>m_1 x n_1 x maps</td></tr>
 *   <tr><td>L</td><td>{@link org.imageclustering.sanet.CodingOptions#bits()}</td><td></td></tr>
 * </table>
 *
 * <p>Stands between images and the last step. Constant windows, equal windows, and the scale of
 * rows: docs/decisions/008; the fit on landmarks: docs/decisions/001.
 */
package org.imageclustering.sanet;
