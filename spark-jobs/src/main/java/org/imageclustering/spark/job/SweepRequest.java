package org.imageclustering.spark.job;

import java.util.List;

/**
 * What {@code sweep} is asked to do. Lives on the driver.
 *
 * @param run what every run has in common; its output is the directory of the sweep
 * @param over {@code key=value,value,...}, the slowest first
 */
public record SweepRequest(ClusterRequest run, List<String> over) {
  /** Copies the list. */
  public SweepRequest {
    over = List.copyOf(over);
  }
}
