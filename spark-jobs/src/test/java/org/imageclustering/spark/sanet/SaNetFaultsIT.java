package org.imageclustering.spark.sanet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.Digits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SA-Net in sessions of its own: one core, Kryo, and tasks that fail. */
final class SaNetFaultsIT {
  private static final int IMAGES = 150;
  private static final String SMALL =
      "sa-net { fit-sample = 80, layer.first.eigenvectors = 8, layer.second.eigenvectors = 4 }";

  @TempDir Path directory;
  private SparkSession spark;

  @AfterEach
  void stop() {
    spark.sparkContext().setLogLevel("WARN");
    spark.stop();
  }

  /** Opens a session in place of the one that other tests share; they open another. */
  private void open(String master, Class<?> serializer) {
    SparkSession.builder().master("local[1]").getOrCreate().stop();
    spark =
        SparkSession.builder()
            .master(master)
            .config("spark.serializer", serializer.getName())
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
  }

  @Test
  void tasksThatFailOnceUnderKryoGiveWhatOneCoreGives() throws IOException {
    open("local[1]", org.apache.spark.serializer.JavaSerializer.class);
    List<Row> expected = clustered(1);
    assertThat(expected).hasSize(IMAGES);

    open("local[2,2]", FailsOnce.class);
    spark.sparkContext().setLogLevel("OFF"); // every failure is an ERROR to Spark
    Attempts attempts = new Attempts();
    spark.sparkContext().addSparkListener(attempts);
    assertThat(clustered(7)).isEqualTo(expected);
    stop();
    assertThat(attempts.succeeded.get()).isPositive();
    assertThat(attempts.failed.get()).isEqualTo(attempts.succeeded.get());
  }

  /** Fits, saves, reads and applies a model. */
  private List<Row> clustered(int partitions) throws IOException {
    var images = Digits.frame(spark, Digits.images(IMAGES), partitions);
    String path = directory.resolve("model" + partitions).toString();
    new SaNet().setK(10).setSeed(1).setSettings(SMALL).fit(images).write().save(path);
    return SaNetModel.load(path)
        .transform(images)
        .select("id", "prediction", "confidence")
        .orderBy("id")
        .collectAsList();
  }

  /** Kryo, but of no use to a task's first attempt: every task fails once. */
  public static final class FailsOnce extends KryoSerializer {
    private static final long serialVersionUID = 1L;
    private static final Pattern FIRST_ATTEMPT = Pattern.compile("task \\d+\\.0 in stage");

    /** For Spark, which makes one by reflection. */
    public FailsOnce(SparkConf conf) {
      super(conf);
    }

    @Override
    public SerializerInstance newInstance() {
      if (FIRST_ATTEMPT.matcher(Thread.currentThread().getName()).find()) {
        throw new IllegalStateException("The first attempt of each task fails in this test");
      }
      return super.newInstance();
    }
  }

  private static final class Attempts extends SparkListener {
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger succeeded = new AtomicInteger();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      (end.reason() instanceof TaskFailedReason ? failed : succeeded).incrementAndGet();
    }
  }
}
