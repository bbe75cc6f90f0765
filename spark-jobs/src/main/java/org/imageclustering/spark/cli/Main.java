package org.imageclustering.spark.cli;

import java.io.PrintStream;
import org.apache.spark.SparkConf;
import org.imageclustering.spark.job.ExitCode;
import org.imageclustering.spark.job.Failure;
import org.imageclustering.spark.job.Interruption;
import org.imageclustering.spark.job.Sessions;
import org.imageclustering.spark.job.Versions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * Clusters unlabelled images: the entry of the application jar. The only class that catches
 * everything: it turns errors into exit codes.
 */
@Command(
    name = "submit.sh",
    description = "Deep image clustering on Apache Spark: unlabelled images in, clusters out.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PrepareCommand.class,
      ClusterCommand.class,
      SweepCommand.class,
      AblateCommand.class,
      AssignCommand.class,
      EvaluateCommand.class,
      ReportCommand.class,
      BenchmarkCommand.class,
      DoctorCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a bug; the log has its stack trace",
      "2:the command line cannot be parsed",
      "3:a value, a file or data that you can mend; the message says how",
      "130, 143:interrupted by Ctrl-C or SIGTERM; --resume continues a run"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  submit.sh cluster k-means --input sample:mnist --clusters 10 --output runs/first",
      "  submit.sh cluster --help",
      "  submit.sh doctor",
      "",
      "Options of the launcher, with any command: --env NAME, --master URL, --driver-memory SIZE,",
      "--spark-conf KEY=VALUE."
    })
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Logging.setUp();
    int exitCode = run(args);
    if (!endsByReturning(exitCode, Sessions.isInCluster(new SparkConf()))) {
      System.exit(exitCode);
    }
  }

  /**
   * Tells whether {@code main} returns instead of ending the process. In cluster deploy mode it
   * must where all went well: YARN's application master takes every {@code System.exit}, even with
   * 0, for a failed attempt, and starts another one.
   */
  static boolean endsByReturning(int exitCode, boolean isInCluster) {
    return isInCluster && exitCode == ExitCode.DONE;
  }

  /** Runs one command and returns its exit code; results go to stdout, messages to stderr. */
  static int run(String... args) {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, command, parsed) -> report(e, System.err));
    try {
      return args.length == 0 ? usage(line) : line.execute(args);
    } catch (OutOfMemoryError e) {
      return report(e, System.err);
    }
  }

  private static int usage(CommandLine line) {
    line.usage(System.err);
    return ExitCode.LINE;
  }

  /** Prints one line for an error of the user's, the stack trace for a bug. */
  static int report(Throwable e, PrintStream err) {
    if (Interruption.isUnderWay()) {
      return ExitCode.BUG; // what failed because Spark has stopped; the process ends by its signal
    }
    Failure failure = Failure.of(e);
    if (failure.kind() == Failure.Kind.BUG) {
      e.printStackTrace(err);
    } else {
      err.println(failure.message());
    }
    return failure.exitCode();
  }

  /** The product's version, and those of what it runs on. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "image-clustering " + Versions.product(),
        "Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION(),
        "Java " + System.getProperty("java.version")
      };
    }
  }
}
