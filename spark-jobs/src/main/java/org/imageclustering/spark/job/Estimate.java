package org.imageclustering.spark.job;

/**
 * What a run is expected to cost.
 *
 * @param driverBytes the largest amount of memory in use on the driver at one time
 * @param seconds on the cores of this session
 */
public record Estimate(long driverBytes, long seconds) {}
