package org.imageclustering.data;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The image files that can be read, told by their first bytes; a file's name says nothing. Readers
 * are made by name and not by ImageIO's scan of the class path, which sees other class loaders on a
 * Spark executor than in a test.
 */
public enum ImageFormat {
  /** JPEG: grey, YCbCr, RGB, CMYK and YCCK, baseline, progressive and lossless. */
  JPEG,
  /** PNG: all colour types and depths. */
  PNG,
  /** Windows and OS/2 bitmaps. */
  BMP,
  /** GIF: the first frame. */
  GIF,
  /** TIFF and BigTIFF: the first page. */
  TIFF,
  /** WebP: lossy, lossless, and the first frame of an animation. */
  WEBP;

  private static final int HEAD_BYTES = 12;

  /**
   * Returns the format that the first twelve or more bytes of a file show, if it is one of ours.
   */
  public static Optional<ImageFormat> of(byte[] content) {
    byte[] head = Arrays.copyOf(content, HEAD_BYTES);
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
      return Optional.of(GIF);
    }
    if (text.startsWith("BM")) {
      return Optional.of(BMP);
    }
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return Optional.of(WEBP);
    }
    return isTiff(text) ? Optional.of(TIFF) : Optional.empty();
  }

  private static boolean isTiff(String text) {
    return text.startsWith("II*\0")
        || text.startsWith("MM\0*")
        || text.startsWith("II+\0")
        || text.startsWith("MM\0+");
  }

  /** Returns a new reader, which the caller disposes of. */
  ImageReader newReader(byte[] content) throws IOException {
    return switch (this) {
      case JPEG -> Providers.JPEG.createReaderInstance();
      case PNG -> Providers.PNG.createReaderInstance();
      case GIF -> Providers.GIF.createReaderInstance();
      case BMP -> new BMPImageReaderSpi().createReaderInstance();
      case TIFF -> tiffSpi(content).createReaderInstance();
      case WEBP -> new WebPImageReaderSpi().createReaderInstance();
    };
  }

  private static ImageReaderSpi tiffSpi(byte[] content) {
    boolean big = content[2] == '+' || content[3] == '+';
    return big ? new BigTIFFImageReaderSpi() : new TIFFImageReaderSpi();
  }

  /** Looked up once a JVM: the registry is not safe for threads that look while others add. */
  private static final class Providers {
    private static final ImageReaderSpi PNG = ofJdk("png.PNGImageReaderSpi");
    private static final ImageReaderSpi GIF = ofJdk("gif.GIFImageReaderSpi");
    private static final ImageReaderSpi JPEG = jpeg();

    private static ImageReaderSpi ofJdk(String name) {
      Iterator<ImageReaderSpi> all =
          IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
      while (all.hasNext()) {
        ImageReaderSpi provider = all.next();
        if (provider.getClass().getName().equals("com.sun.imageio.plugins." + name)) {
          return provider;
        }
      }
      throw new IllegalStateException("Cannot find the JDK's own image reader " + name);
    }

    /** This reader drives the JDK's, which it finds only by being registered beside it. */
    private static ImageReaderSpi jpeg() {
      IIORegistry registry = IIORegistry.getDefaultInstance();
      JPEGImageReaderSpi spi = registry.getServiceProviderByClass(JPEGImageReaderSpi.class);
      if (spi == null) {
        spi = new JPEGImageReaderSpi();
        registry.registerServiceProvider(spi);
        registry.deregisterServiceProvider(spi);
      }
      return spi;
    }
  }
}
