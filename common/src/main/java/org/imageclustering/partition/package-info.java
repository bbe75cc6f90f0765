/** Hard partitions of points into clusters. */
package org.imageclustering.partition;
