package org.imageclustering.spark.job;

import java.util.List;
import java.util.Map;
import org.imageclustering.spark.data.InputOptions;

/**
 * What {@code cluster} is asked to do. Lives on the driver.
 *
 * @param method a name that {@link Methods} knows
 * @param input what to cluster
 * @param output the run directory
 * @param preset name or URI of the configuration
 * @param flags values of flags that stand for keys; null where a flag was not given
 * @param assignments {@code key=value} of {@code --set}
 * @param existing what to do with a run that is there
 * @param keepStages whether {@code RUN/stages} stays
 */
public record ClusterRequest(
    String method,
    InputOptions input,
    String output,
    String preset,
    Map<String, ?> flags,
    List<String> assignments,
    RunDirectory.Existing existing,
    boolean keepStages) {}
