package org.imageclustering.spark.training.layer;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The buffers of one thread, on the heap and outside it; they grow and never shrink. What they hold
 * is good until the same thread asks for the same buffer again.
 *
 * <p>Found by a map of ours: ND4J's locks leave so many dead entries among a thread's own {@link
 * ThreadLocal}s that looking one of those up took a third of the time of small networks.
 */
final class Scratch {
  private static final Map<Thread, Scratch> OF_THREADS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private float[] images = new float[0];
  private float[] windows = new float[0];
  private FloatPointer outside = new FloatPointer();
  private FloatPointer second = new FloatPointer();

  private Scratch() {}

  static Scratch get() {
    return OF_THREADS.computeIfAbsent(Thread.currentThread(), thread -> new Scratch());
  }

  /** Returns an array of at least this length for images or values. */
  float[] images(int length) {
    if (images.length < length) {
      images = new float[length];
    }
    return images;
  }

  /** Returns an array of at least this length for windows or a second set of values. */
  float[] windows(int length) {
    if (windows.length < length) {
      windows = new float[length];
    }
    return windows;
  }

  /** Returns a place outside the heap for at least so many numbers. */
  FloatPointer outside(long length) {
    outside = grown(outside, length);
    return outside;
  }

  /** Returns another place outside the heap for at least so many numbers. */
  FloatPointer second(long length) {
    second = grown(second, length);
    return second;
  }

  private static FloatPointer grown(FloatPointer pointer, long length) {
    if (pointer.capacity() >= length) {
      return pointer;
    }
    pointer.deallocate();
    return new FloatPointer(length);
  }
}
