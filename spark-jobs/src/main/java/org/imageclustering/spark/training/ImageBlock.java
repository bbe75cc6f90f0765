package org.imageclustering.spark.training;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * Some images of one shape as a worker holds them: their ids and their pixels, one after another.
 */
public final class ImageBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Images that pass a network together. */
  private static final int BATCH = 256;

  private final long[] ids;
  private final byte[] pixels;

  /** Wraps the arrays, not copied: n ids, and n times height x width x channels unsigned bytes. */
  public ImageBlock(long[] ids, byte[] pixels) {
    this.ids = ids;
    this.pixels = pixels;
  }

  /** Returns the number of images. */
  public int size() {
    return ids.length;
  }

  /** Returns the ids themselves. */
  public long[] ids() {
    return ids;
  }

  /** Returns the images whose ids pass. */
  ImageBlock where(LongPredicate isWanted) {
    int length = pixelCount();
    int count = (int) LongStream.of(ids).filter(isWanted).count();
    long[] some = new long[count];
    byte[] values = new byte[count * length];
    int at = 0;
    for (int i = 0; i < ids.length; i++) {
      if (isWanted.test(ids[i])) {
        some[at] = ids[i];
        System.arraycopy(pixels, i * length, values, at * length, length);
        at++;
      }
    }
    return new ImageBlock(some, values);
  }

  /** Returns the number of pixels of an image, times its channels. */
  public int pixelCount() {
    return pixels.length / ids.length;
  }

  /** Writes an image's pixels, divided by 255, from an offset. */
  public void write(int image, float[] to, int offset) {
    int length = pixelCount();
    for (int i = 0; i < length; i++) {
      to[offset + i] = (pixels[image * length + i] & 0xff) / 255f;
    }
  }

  /** What takes some images at a time. */
  @FunctionalInterface
  public interface Pass {
    /**
     * Returns as many numbers for each image.
     *
     * @param images n x {@link #pixelCount}, in [0, 1]
     */
    float[] of(float[] images, int count);
  }

  /** Returns what a pass gives for all images, one after another. */
  public float[] through(Pass pass) {
    float[] all = new float[0];
    for (int from = 0; from < size(); from += BATCH) {
      int count = Math.min(BATCH, size() - from);
      float[] rows = new float[count * pixelCount()];
      for (int i = 0; i < count; i++) {
        write(from + i, rows, i * pixelCount());
      }
      float[] some = pass.of(rows, count);
      all = Arrays.copyOf(all, all.length + some.length);
      System.arraycopy(some, 0, all, all.length - some.length, some.length);
    }
    return all;
  }
}
