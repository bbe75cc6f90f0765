/**
 * What every stage needs of its run: where its result is kept, and where it says what it measured.
 */
package org.imageclustering.spark.session;
