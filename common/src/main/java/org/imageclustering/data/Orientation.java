package org.imageclustering.data;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.SequentialByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * How a camera was held: the Exif tag 0x0112, 1 to 8. A picture that is not turned accordingly lies
 * on its side, and is another picture to a clustering.
 */
final class Orientation {
  /** Stored as it is to be seen. */
  static final int UPRIGHT = 1;

  private Orientation() {}

  /**
   * Returns the orientation that a file states, or 1 where it states none, states one outside 1 to
   * 8, or where its Exif data are damaged: pixels that decode are worth more than a damaged tag.
   */
  static int of(byte[] content, ImageFormat format) throws IOException {
    try {
      Metadata metadata = metadata(content, format);
      for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
        Integer value = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        if (value != null && value >= 1 && value <= 8) {
          return value;
        }
      }
      return UPRIGHT;
    } catch (ImageProcessingException | IOException | IllegalArgumentException e) {
      return UPRIGHT;
    }
  }

  /** Returns whether rows and columns change places. */
  static boolean turns(int orientation) {
    return orientation >= 5;
  }

  private static Metadata metadata(byte[] content, ImageFormat format)
      throws ImageProcessingException, IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(content);
    return switch (format) {
      case JPEG -> JpegMetadataReader.readMetadata(in, List.of(new ExifReader()));
      case PNG -> pngMetadata(content);
      case TIFF -> TiffMetadataReader.readMetadata(new ByteArrayReader(content));
      case WEBP -> WebpMetadataReader.readMetadata(in);
      case BMP, GIF -> new Metadata();
    };
  }

  /** Only the eXIf chunk: compressed text chunks may unpack to gigabytes. */
  private static Metadata pngMetadata(byte[] content) throws ImageProcessingException, IOException {
    Metadata metadata = new Metadata();
    SequentialByteArrayReader in = new SequentialByteArrayReader(content);
    for (PngChunk chunk : new PngChunkReader().extract(in, Set.of(PngChunkType.eXIf))) {
      new ExifReader().extract(new ByteArrayReader(chunk.getBytes()), metadata);
    }
    return metadata;
  }

  /**
   * Returns the image as it is to be seen.
   *
   * @param orientation 1 upright; 2 mirrored; 3 upside down; 4 flipped; 5 transposed; 6 to be
   *     turned clockwise; 7 transverse; 8 to be turned counter-clockwise
   */
  static PixelImage apply(PixelImage image, int orientation) {
    if (orientation == UPRIGHT) {
      return image;
    }
    boolean turned = turns(orientation);
    int height = turned ? image.width() : image.height();
    int width = turned ? image.height() : image.width();
    byte[] pixels = new byte[image.pixels().length];
    int channels = image.channels();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = source(image, orientation, y, x) * channels;
        System.arraycopy(image.pixels(), from, pixels, (y * width + x) * channels, channels);
      }
    }
    return new PixelImage(height, width, channels, pixels);
  }

  /** The stored pixel that is seen at row y, column x. */
  private static int source(PixelImage image, int orientation, int y, int x) {
    int lastRow = image.height() - 1;
    int lastColumn = image.width() - 1;
    int row =
        switch (orientation) {
          case 2 -> y;
          case 3, 4 -> lastRow - y;
          case 5, 8 -> x;
          default -> lastRow - x;
        };
    int column =
        switch (orientation) {
          case 2, 3 -> lastColumn - x;
          case 4 -> x;
          case 5, 6 -> y;
          default -> lastColumn - y;
        };
    return row * image.width() + column;
  }
}
