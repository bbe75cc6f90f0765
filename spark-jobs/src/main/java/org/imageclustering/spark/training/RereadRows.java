package org.imageclustering.spark.training;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The rows of each partition as one {@code Iterable}, which a task may go through again and again:
 * each time they are read from where they are kept, in memory or on disk, and none is held for the
 * next time.
 *
 * @param <T> a row
 */
final class RereadRows<T> extends RDD<Iterable<T>> {
  private static final long serialVersionUID = 1L;

  private RereadRows(RDD<T> rows) {
    super(rows, tag());
  }

  /** Returns the rows so. */
  static <T> JavaRDD<Iterable<T>> of(JavaRDD<T> rows) {
    return new RereadRows<>(rows.rdd()).toJavaRDD();
  }

  @Override
  public scala.collection.Iterator<Iterable<T>> compute(Partition split, TaskContext context) {
    RDD<T> rows = firstParent(RereadRows.<T>tag());
    Iterable<T> again = () -> JavaConverters.asJavaIterator(rows.iterator(split, context));
    Iterator<Iterable<T>> single = List.of(again).iterator();
    return JavaConverters.asScalaIterator(single);
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(RereadRows.<T>tag()).partitions();
  }

  private static <U> ClassTag<U> tag() {
    return ClassTag$.MODULE$.apply(Object.class);
  }
}
