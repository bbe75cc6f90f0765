/** Drawing points of many dimensions in the plane. For the eye alone: no result depends on it. */
package org.imageclustering.layout;
