/** What a person sees while a job runs. */
package org.imageclustering.spark.progress;
