/**
 * External scores: how well a partition agrees with labels that the clustering never saw. Stands at
 * the end of the flow, used by the evaluation alone; criteria without labels are in {@code
 * criterion}.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>name</th><th>shape</th></tr>
 * <tr><td>n</td><td>{@link org.imageclustering.evaluate.ContingencyTable#images()}</td><td>scalar</td></tr>
 * <tr><td>n_ij</td><td>{@link org.imageclustering.evaluate.ContingencyTable#count(int, int)}</td>
 * <td>clusters x classes</td></tr>
 * <tr><td>a_i</td><td>{@link org.imageclustering.evaluate.ContingencyTable#clusterSizes()}</td>
 * <td>clusters</td></tr>
 * <tr><td>b_j</td><td>{@link org.imageclustering.evaluate.ContingencyTable#classSizes()}</td>
 * <td>classes</td></tr>
 * <tr><td>map(i)</td><td>{@link org.imageclustering.evaluate.Matching#classOf(int)}</td>
 * <td>clusters</td></tr>
 * </table>
 */
package org.imageclustering.evaluate;
