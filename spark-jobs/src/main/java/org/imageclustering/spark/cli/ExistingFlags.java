package org.imageclustering.spark.cli;

import org.imageclustering.spark.job.RunDirectory.Existing;
import picocli.CommandLine.Option;

/** What to do with a run that is there already: an exclusive choice. */
final class ExistingFlags {
  @Option(names = "--resume", description = "continue a run that was interrupted")
  private boolean resume;

  @Option(names = "--overwrite", description = "remove the run that is there and start anew")
  private boolean overwrite;

  static Existing of(ExistingFlags flags) {
    if (flags == null) {
      return Existing.KEEP;
    }
    return flags.resume ? Existing.RESUME : Existing.OVERWRITE;
  }

  @Override
  public String toString() {
    return "resume %s, overwrite %s".formatted(resume, overwrite);
  }
}
