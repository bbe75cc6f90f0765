/**
 * What every stage needs of its run: where its result is kept, and where it says what it measured.
 * The lowest layer of the Spark side: methods and stages use it, jobs hand it in.
 */
package org.imageclustering.spark.session;
