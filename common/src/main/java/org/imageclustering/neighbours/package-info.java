/**
 * Searches for nearest neighbours: by cells, and exactly. Stands between the points (patches,
 * features) and the graph that is made of their neighbours; apart from {@code graph} because it
 * builds on k-means, whose package itself works on graphs (docs/decisions/004).
 */
package org.imageclustering.neighbours;
