package org.imageclustering.data;

import java.util.Arrays;

/**
 * Brings images to one size. The two axes are treated one after the other, in float, in a fixed
 * order: an axis that shrinks is averaged over the area each new pixel covers, one that grows is
 * interpolated linearly between pixel centres. Why letterboxing: docs/decisions/007.
 */
public final class Resizer {
  private final ImageSize size;

  /** A resizer to the given size. */
  public Resizer(ImageSize size) {
    this.size = size;
  }

  /**
   * Returns the image letterboxed: scaled as one to the largest size that fits, in the middle, the
   * rest black (0). The image itself where its size is the wanted one already.
   *
   * <p>O(height x width) time, four bytes a sample of scratch memory for half of the result.
   */
  public PixelImage letterbox(PixelImage image) {
    if (image.height() == size.height() && image.width() == size.width()) {
      return image;
    }
    double scale =
        Math.min(size.height() / (double) image.height(), size.width() / (double) image.width());
    int height = side(image.height() * scale, size.height());
    int width = side(image.width() * scale, size.width());
    return centred(scaled(image, height, width));
  }

  private static int side(double exact, int limit) {
    return Math.max(1, Math.min(limit, (int) Math.round(exact)));
  }

  private PixelImage centred(PixelImage image) {
    int channels = image.channels();
    byte[] pixels = new byte[Math.multiplyExact(size.height() * size.width(), channels)];
    int top = (size.height() - image.height()) / 2;
    int left = (size.width() - image.width()) / 2;
    int row = image.width() * channels;
    for (int y = 0; y < image.height(); y++) {
      int to = ((top + y) * size.width() + left) * channels;
      System.arraycopy(image.pixels(), y * row, pixels, to, row);
    }
    return new PixelImage(size.height(), size.width(), channels, pixels);
  }

  /** Returns the image scaled to exactly this height and width; the aspect is not kept. */
  static PixelImage scaled(PixelImage image, int height, int width) {
    int channels = image.channels();
    AxisWeights columns = AxisWeights.of(image.width(), width);
    AxisWeights rows = AxisWeights.of(image.height(), height);
    byte[] pixels = new byte[height * width * channels];
    float[] narrow = new float[width * channels];
    float[] sum = new float[width * channels];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sum, 0f);
      for (int i = rows.first(y); i < rows.end(y); i++) {
        narrowRow(image, i, columns, narrow);
        float weight = rows.weight(y, i);
        for (int x = 0; x < sum.length; x++) {
          sum[x] += weight * narrow[x];
        }
      }
      for (int x = 0; x < sum.length; x++) {
        pixels[y * sum.length + x] = (byte) Math.max(0, Math.min(255, Math.round(sum[x])));
      }
    }
    return new PixelImage(height, width, channels, pixels);
  }

  private static void narrowRow(PixelImage image, int row, AxisWeights columns, float[] to) {
    int channels = image.channels();
    byte[] pixels = image.pixels();
    int start = row * image.width() * channels;
    for (int x = 0; x < columns.length(); x++) {
      for (int channel = 0; channel < channels; channel++) {
        float sum = 0f;
        for (int i = columns.first(x); i < columns.end(x); i++) {
          sum += columns.weight(x, i) * (pixels[start + i * channels + channel] & 0xff);
        }
        to[x * channels + channel] = sum;
      }
    }
  }
}
