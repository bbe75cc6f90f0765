/**
 * Refinement of clusters by linear support vector machines (the winner-take-all paper's Algorithm
 * 2; Singh, Gupta and Efros 2012): a classifier for each cluster grows from its most confident
 * rows, classifiers that agree are merged, and every row goes to the classifier on whose positive
 * side it lies farthest. Stands between any features with initial assignments and the final ones.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>name</th><th>shape</th></tr>
 * <tr><td>D</td><td>{@link org.imageclustering.refine.TrainingSet}</td><td>n x d</td></tr>
 * <tr><td>D_1 .. D_m</td><td>{@link org.imageclustering.refine.TrainingSet#subset}</td><td>m</td></tr>
 * <tr><td>n_c</td><td>{@link org.imageclustering.refine.TrainingSet#clusters()}</td><td></td></tr>
 * <tr><td>n_min, inc, n_max</td><td>{@link org.imageclustering.refine.Growth}</td><td></td></tr>
 * <tr><td>clf_i</td><td>{@link org.imageclustering.refine.LinearClassifier}</td><td>d + 1</td></tr>
 * </table>
 */
package org.imageclustering.refine;
