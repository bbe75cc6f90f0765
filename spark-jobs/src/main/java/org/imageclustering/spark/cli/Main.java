package org.imageclustering.spark.cli;

import com.typesafe.config.ConfigException;
import java.io.PrintStream;
import java.util.Optional;
import org.imageclustering.UserException;
import org.imageclustering.spark.job.ExitCode;
import org.imageclustering.spark.job.Interruption;
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
    System.exit(run(args));
  }

  /** Runs one command and returns its exit code; results go to stdout, messages to stderr. */
  static int run(String... args) {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, command, parsed) -> report(e, System.err));
    try {
      return args.length == 0 ? usage(line) : line.execute(args);
    } catch (OutOfMemoryError e) {
      return outOfMemory(System.err);
    }
  }

  private static int usage(CommandLine line) {
    line.usage(System.err);
    return ExitCode.LINE;
  }

  /** Prints one line for an error of the user's, the stack trace for a bug. */
  static int report(Exception e, PrintStream err) {
    if (Interruption.isUnderWay()) {
      return ExitCode.BUG; // what failed because Spark has stopped; the process ends by its signal
    }
    Optional<String> message = userMessage(e);
    if (message.isPresent()) {
      err.println(message.get().replace('\n', ' '));
      return ExitCode.USER;
    }
    if (hasCause(e, OutOfMemoryError.class)) {
      return outOfMemory(err);
    }
    e.printStackTrace(err);
    return ExitCode.BUG;
  }

  private static int outOfMemory(PrintStream err) {
    err.printf(
        "Cannot finish: found the driver's heap of %d MiB full, expected more: see --driver-memory%n",
        Runtime.getRuntime().maxMemory() >> 20);
    return ExitCode.USER;
  }

  /** An error of the user's may be found in a task, and then Spark's exception holds it. */
  private static Optional<String> userMessage(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException) {
        return Optional.of(cause.getMessage());
      }
      if (cause instanceof ConfigException) {
        return Optional.of("Cannot use the configuration: " + cause.getMessage());
      }
    }
    return Optional.empty();
  }

  private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
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
