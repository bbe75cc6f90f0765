package org.imageclustering.data;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Pixels from the bytes of an image file, or the reason why there are none. Whatever the libraries
 * throw at a damaged file ends here as a reason: this is the one place that may catch it.
 *
 * <p>The header is read before the pixels and held against {@link ImageLimits}; files that decode
 * only in part, which the libraries merely warn of, are rejected; the Exif orientation is applied.
 */
public final class ImageDecoder {
  private static final int MAX_REASON = 200;
  private static final Pattern PIXELS_LOST =
      Pattern.compile("(?i)truncated file|premature end|bad huffman code");

  private final ImageLimits limits;

  /** A decoder with these limits; it has no other state and may be used by many threads. */
  public ImageDecoder(ImageLimits limits) {
    this.limits = limits;
  }

  /**
   * Returns the picture as it is to be seen: grey pictures with one channel, others with three.
   *
   * @param content the whole file
   * @throws UnreadableImageException with the reason, if the file is not an image of a known
   *     format, is larger than the limits, or cannot be decoded whole
   */
  public PixelImage decode(byte[] content) throws UnreadableImageException {
    return guarded(
        content,
        format ->
            Orientation.apply(
                read(content, format, this::pixels), Orientation.of(content, format)));
  }

  /**
   * Returns the height and width of the picture as it is to be seen, by its header alone.
   *
   * @throws UnreadableImageException with the reason, if there is no header within the limits
   */
  public int[] size(byte[] content) throws UnreadableImageException {
    return guarded(
        content,
        format -> {
          int[] stored = read(content, format, ImageDecoder::size);
          boolean turned = Orientation.turns(Orientation.of(content, format));
          return turned ? new int[] {stored[1], stored[0]} : stored;
        });
  }

  private <T> T guarded(byte[] content, Reading<ImageFormat, T> reading)
      throws UnreadableImageException {
    checkBytes(content.length);
    ImageFormat format =
        ImageFormat.of(content)
            .orElseThrow(
                () -> new UnreadableImageException("not a JPEG, PNG, BMP, GIF, TIFF or WebP file"));
    try {
      return reading.of(format);
    } catch (UnreadableImageException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw new UnreadableImageException("too large for the memory at hand", e);
    } catch (Exception | StackOverflowError | AssertionError e) {
      throw new UnreadableImageException(reason(format, e), e);
    }
  }

  /**
   * Checks a file's length before it is read.
   *
   * @throws UnreadableImageException if it is empty or longer than the limit
   */
  public void checkBytes(long bytes) throws UnreadableImageException {
    if (bytes == 0) {
      throw new UnreadableImageException("empty file");
    }
    if (bytes > limits.bytes()) {
      throw new UnreadableImageException(
          "has %d bytes, more than the limit of %d".formatted(bytes, limits.bytes()));
    }
  }

  /** Opens the file, holds its header against the limits, and reads what is wanted of it. */
  private <T> T read(byte[] content, ImageFormat format, Reading<ImageReader, T> reading)
      throws IOException, UnreadableImageException {
    ImageReader reader = format.newReader(content);
    try (ImageInputStream in = new ByteArrayImageInputStream(content)) {
      reader.setInput(in, false, format != ImageFormat.GIF);
      checkPixels(reader.getHeight(0), reader.getWidth(0));
      return reading.of(reader);
    } finally {
      reader.dispose();
    }
  }

  private PixelImage pixels(ImageReader reader) throws IOException, UnreadableImageException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    BufferedImage image = isGif(reader) ? gif(reader) : reader.read(0);
    checkWarnings(warnings);
    return RasterPixels.of(image);
  }

  private static boolean isGif(ImageReader reader) throws IOException {
    return "gif".equals(reader.getFormatName());
  }

  private static int[] size(ImageReader reader) throws IOException {
    return isGif(reader)
        ? GifScreen.of(reader).size()
        : new int[] {reader.getHeight(0), reader.getWidth(0)};
  }

  private BufferedImage gif(ImageReader reader) throws IOException, UnreadableImageException {
    GifScreen screen = GifScreen.of(reader);
    checkPixels(screen.pixelCount(), 1);
    return screen.place(reader.read(0));
  }

  private void checkPixels(long height, long width) throws UnreadableImageException {
    if (height < 1 || width < 1) {
      throw new UnreadableImageException("its header claims %dx%d pixels".formatted(height, width));
    }
    if (height * width > limits.pixels()) {
      throw new UnreadableImageException(
          "its header claims %d pixels, more than the limit of %d"
              .formatted(height * width, limits.pixels()));
    }
  }

  /**
   * The warnings that mean lost pixels. Others are harmless: padding between segments, which is
   * called corrupt data too, or a damaged colour profile.
   */
  private static void checkWarnings(List<String> warnings) throws UnreadableImageException {
    for (String warning : warnings) {
      if (PIXELS_LOST.matcher(warning).find()) {
        throw new UnreadableImageException("decodes only in part: " + oneLine(warning));
      }
    }
  }

  private static String reason(ImageFormat format, Throwable e) {
    String what = e instanceof EOFException ? "ends too early" : e.getMessage();
    String said = what == null || what.isBlank() ? e.getClass().getSimpleName() : what;
    return "damaged or unsupported %s: %s".formatted(format, oneLine(said));
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "...";
  }

  /** Something that is read of a file and may fail in any way. */
  @FunctionalInterface
  private interface Reading<S, T> {
    T of(S source) throws IOException, UnreadableImageException;
  }
}
