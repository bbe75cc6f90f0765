/**
 * How good a partition is, told without labels: what a method may use to choose among its own
 * candidates. Scores that need labels live in the evaluation alone.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>name</th><th>shape or range</th></tr>
 * <tr><td>W</td><td>affinity graph, symmetric, weights &gt;= 0</td><td>n x n, sparse</td></tr>
 * <tr><td>d_i</td><td>degree of vertex i, the sum of row i of W</td><td>n</td></tr>
 * <tr><td>T = 2m</td><td>total volume, the sum of all degrees</td><td></td></tr>
 * <tr><td>vol_c</td><td>volume of cluster c, the sum of its vertices' degrees</td><td>K</td></tr>
 * <tr><td>W_ab</td><td>weight of the links between clusters a and b (both directions where a = b)</td><td>K x K</td></tr>
 * </table>
 */
package org.imageclustering.criterion;
