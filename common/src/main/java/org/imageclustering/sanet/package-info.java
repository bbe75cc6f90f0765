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
 * </table>
 */
package org.imageclustering.sanet;
