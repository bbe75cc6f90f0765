package org.imageclustering.spark.cli;

import java.util.concurrent.Callable;
import org.imageclustering.spark.job.Doctor;
import picocli.CommandLine.Command;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Prints Java, Spark, the matrix kernel, memory and file systems.",
    footerHeading = "%nExamples:%n",
    footer = "  submit.sh doctor")
final class DoctorCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return Work.inSession("doctor", Doctor::lines);
  }
}
