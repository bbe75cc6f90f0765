/** Nearest neighbours and affinity graphs: from points to a sparse symmetric weight matrix W. */
package org.imageclustering.graph;
