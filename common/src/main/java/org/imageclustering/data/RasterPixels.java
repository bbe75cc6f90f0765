package org.imageclustering.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The bytes of a decoded picture. Grey and RGB samples are taken as they stand in the file, scaled
 * to eight bits: {@link BufferedImage#getRGB} would bend grey values by a gamma curve. Transparent
 * pixels are laid on white.
 */
final class RasterPixels {
  private static final int WHITE = 255;

  private final BufferedImage image;
  private final ColorModel colours;
  private final Raster raster;
  private final int channels;
  private final byte[] pixels;

  private RasterPixels(BufferedImage image, int channels) {
    this.image = image;
    this.colours = image.getColorModel();
    this.raster = image.getRaster();
    this.channels = channels;
    long length = (long) image.getHeight() * image.getWidth() * channels;
    this.pixels = new byte[Math.toIntExact(length)];
  }

  /**
   * Returns the picture's bytes: one channel for grey pictures and grey palettes, otherwise three.
   *
   * @throws UnreadableImageException if the samples have no known range, or no known colours
   */
  static PixelImage of(BufferedImage image) throws UnreadableImageException {
    ColorModel colours = image.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      return new RasterPixels(image, isGrey(palette) ? 1 : 3).byPalette(palette);
    }
    if (!(colours instanceof ComponentColorModel)) {
      return new RasterPixels(image, 3).byColour();
    }
    return switch (colours.getColorSpace().getType()) {
      case ColorSpace.TYPE_GRAY -> new RasterPixels(image, 1).bySample();
      case ColorSpace.TYPE_RGB -> new RasterPixels(image, 3).bySample();
      case ColorSpace.TYPE_CMYK -> new RasterPixels(image, 3).byInk();
      default -> new RasterPixels(image, 3).byColour();
    };
  }

  private static boolean isGrey(IndexColorModel palette) {
    for (int i = 0; i < palette.getMapSize(); i++) {
      if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
        return false;
      }
    }
    return true;
  }

  private PixelImage byPalette(IndexColorModel palette) throws UnreadableImageException {
    int width = image.getWidth();
    int[] indices = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, indices);
      for (int x = 0; x < width; x++) {
        if (indices[x] >= palette.getMapSize()) {
          throw new UnreadableImageException("a pixel points outside the palette");
        }
        putArgb(y * width + x, palette.getRGB(indices[x]));
      }
    }
    return result();
  }

  private PixelImage byColour() {
    int width = image.getWidth();
    int[] argb = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, argb, 0, width);
      for (int x = 0; x < width; x++) {
        putArgb(y * width + x, argb[x]);
      }
    }
    return result();
  }

  private void putArgb(int pixel, int argb) {
    int alpha = argb >>> 24;
    for (int channel = 0; channel < channels; channel++) {
      int value = (argb >>> (16 - 8 * channel)) & 0xff;
      pixels[pixel * channels + channel] = onWhite(value * alpha, alpha);
    }
  }

  private PixelImage bySample() throws UnreadableImageException {
    boolean hasAlpha = colours.hasAlpha();
    int bands = channels + (hasAlpha ? 1 : 0);
    int width = image.getWidth();
    int[] row = new int[width * raster.getNumBands()];
    for (int y = 0; y < image.getHeight(); y++) {
      readRow(y, row);
      for (int x = 0; x < width; x++) {
        int at = x * raster.getNumBands();
        int alpha = hasAlpha ? row[at + bands - 1] : WHITE;
        for (int channel = 0; channel < channels; channel++) {
          int value = row[at + channel] * (colours.isAlphaPremultiplied() ? WHITE : alpha);
          pixels[(y * width + x) * channels + channel] = onWhite(value, alpha);
        }
      }
    }
    return result();
  }

  /** CMYK by the plain formula: R = (255 - C)(255 - K) / 255; profiles are not applied. */
  private PixelImage byInk() throws UnreadableImageException {
    int width = image.getWidth();
    int bands = raster.getNumBands();
    int[] row = new int[width * bands];
    for (int y = 0; y < image.getHeight(); y++) {
      readRow(y, row);
      for (int x = 0; x < width; x++) {
        int light = WHITE - row[x * bands + 3];
        int alpha = colours.hasAlpha() ? row[x * bands + 4] : WHITE;
        for (int channel = 0; channel < channels; channel++) {
          int value = (WHITE - row[x * bands + channel]) * light / WHITE;
          pixels[(y * width + x) * channels + channel] = onWhite(value * alpha, alpha);
        }
      }
    }
    return result();
  }

  /** All bands of one row in [0, 255]. */
  private void readRow(int y, int[] row) throws UnreadableImageException {
    int type = raster.getTransferType();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      readFractions(y, row);
      return;
    }
    raster.getPixels(0, y, image.getWidth(), 1, row);
    int bands = raster.getNumBands();
    for (int band = 0; band < bands; band++) {
      int bits = raster.getSampleModel().getSampleSize(band);
      if (bits != 8) {
        scale(row, band, bits - (type == DataBuffer.TYPE_SHORT ? 1 : 0));
      }
    }
  }

  private void scale(int[] row, int band, int bits) {
    long max = (1L << bits) - 1;
    for (int i = band; i < row.length; i += raster.getNumBands()) {
      long value = bits == 32 ? Integer.toUnsignedLong(row[i]) : Math.max(row[i], 0);
      row[i] = (int) ((value * WHITE + max / 2) / max);
    }
  }

  private void readFractions(int y, int[] row) throws UnreadableImageException {
    double[] samples = raster.getPixels(0, y, image.getWidth(), 1, (double[]) null);
    for (int i = 0; i < row.length; i++) {
      if (!(samples[i] >= 0 && samples[i] <= 1)) {
        throw new UnreadableImageException(
            "holds the floating-point sample %s, expected 0 to 1".formatted(samples[i]));
      }
      row[i] = (int) Math.round(samples[i] * WHITE);
    }
  }

  /** A value already multiplied by its alpha, both in [0, 255] before, over a white ground. */
  private static byte onWhite(int timesAlpha, int alpha) {
    int value = (timesAlpha + WHITE / 2) / WHITE + WHITE - alpha;
    return (byte) Math.min(WHITE, value);
  }

  private PixelImage result() {
    return new PixelImage(image.getHeight(), image.getWidth(), channels, pixels);
  }
}
