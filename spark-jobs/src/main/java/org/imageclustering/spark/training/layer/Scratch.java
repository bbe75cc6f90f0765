package org.imageclustering.spark.training.layer;

import org.bytedeco.javacpp.FloatPointer;

/**
 * The buffers of one thread, on the heap and outside it; they grow and never shrink. What they hold
 * is good until the same thread asks for the same buffer again.
 */
final class Scratch {
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private float[] images = new float[0];
  private float[] windows = new float[0];
  private FloatPointer outside = new FloatPointer();
  private FloatPointer second = new FloatPointer();

  private Scratch() {}

  static Scratch get() {
    return OF_THREAD.get();
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
