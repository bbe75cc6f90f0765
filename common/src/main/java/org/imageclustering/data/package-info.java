/**
 * Images from bytes: IDX and CIFAR records, image files of every common kind, and resizing. The
 * first step of the flow; it knows neither Spark nor file systems, so that every reader works on a
 * stream or a byte array from wherever they come.
 *
 * <p>An image is {@code height x width x channels} unsigned bytes, row-major, channels innermost
 * (HWC), one channel (grey) or three (RGB), throughout the project.
 */
package org.imageclustering.data;
