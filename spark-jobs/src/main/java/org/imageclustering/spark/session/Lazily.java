package org.imageclustering.spark.session;

import java.util.Iterator;
import java.util.function.Function;

/** Iterators over other iterators, whose elements are made when they are asked for. */
public final class Lazily {
  private Lazily() {}

  /** Returns what a function makes of each element. */
  public static <A, B> Iterator<B> map(Iterator<A> source, Function<A, B> change) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return source.hasNext();
      }

      @Override
      public B next() {
        return change.apply(source.next());
      }
    };
  }
}
