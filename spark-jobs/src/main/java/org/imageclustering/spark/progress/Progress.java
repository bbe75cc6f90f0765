package org.imageclustering.spark.progress;

import java.io.PrintStream;
import java.util.Locale;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/**
 * A bar on a terminal's last line: the stage of the method, the tasks of the Spark stage that runs,
 * and seconds. Elsewhere nothing is drawn: the log has a line as each stage starts and ends.
 *
 * <p>The launcher says by {@code IMAGE_CLUSTERING_LINE_START} that stderr is a terminal; the log's
 * layout begins with the same control sequence, so that a log line wipes the bar.
 */
public final class Progress extends SparkListener implements AutoCloseable {
  /** Names the environment variable that holds the sequence which wipes a terminal's line. */
  static final String LINE_START = "IMAGE_CLUSTERING_LINE_START";

  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 200_000_000L;

  private final PrintStream out;
  private final String lineStart;
  private String stage = "";
  private int tasks;
  private int done;
  private long stageStart;
  private long drawn;
  private boolean isClosed;

  Progress(PrintStream out, String lineStart) {
    this.out = out;
    this.lineStart = lineStart;
  }

  /** Shows the progress of a session's jobs until it is closed. */
  public static Progress watch(SparkSession spark) {
    String lineStart = System.getenv().getOrDefault(LINE_START, "");
    Progress progress = new Progress(System.err, lineStart);
    if (!lineStart.isEmpty()) {
      spark.sparkContext().addSparkListener(progress);
    }
    return progress;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    String description =
        job.properties() == null ? null : job.properties().getProperty("spark.job.description");
    String name = description == null ? "working" : description;
    if (!name.equals(stage)) {
      stage = name;
      stageStart = System.nanoTime();
    }
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    tasks = submitted.stageInfo().numTasks();
    done = 0;
    draw();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    done++;
    draw();
  }

  /** Wipes the bar. */
  @Override
  public synchronized void close() {
    isClosed = true;
    if (drawn != 0) {
      out.print(lineStart);
      out.flush();
      drawn = 0;
    }
  }

  private void draw() {
    long now = System.nanoTime();
    if (isClosed || (now - drawn < REDRAW_NANOS && done < tasks)) {
      return;
    }
    drawn = now;
    out.print(lineStart + line((now - stageStart) / 1_000_000_000L));
    out.flush();
  }

  /** Returns {@code layer first [######----] 12/40 tasks, 7 s}. */
  String line(long seconds) {
    int filled = tasks == 0 ? 0 : (int) ((long) WIDTH * Math.min(done, tasks) / tasks);
    return String.format(
        Locale.ROOT,
        "%s [%s%s] %d/%d tasks, %d s",
        stage,
        "#".repeat(filled),
        "-".repeat(WIDTH - filled),
        done,
        tasks,
        seconds);
  }
}
