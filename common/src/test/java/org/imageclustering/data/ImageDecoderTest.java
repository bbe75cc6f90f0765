package org.imageclustering.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).as(format).isTrue();
    return bytes.toByteArray();
  }

  /** Red above, blue below; 8 wide, 4 high. */
  private static BufferedImage redOverBlue(int type) {
    BufferedImage image = new BufferedImage(8, 4, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, 8, 2);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(0, 2, 8, 2);
    graphics.dispose();
    return image;
  }

  private static BufferedImage noise(int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(3);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, random.nextInt(256));
      }
    }
    return image;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "tiff"})
  void losslessFormatsGiveTheColoursBack(String format) throws Exception {
    PixelImage image = decoder.decode(encode(redOverBlue(BufferedImage.TYPE_INT_RGB), format));
    assertThat(image.height()).isEqualTo(4);
    assertThat(image.width()).isEqualTo(8);
    assertThat(image.channels()).isEqualTo(3);
    assertThat(Arrays.copyOf(image.pixels(), 3)).containsExactly((byte) 255, 0, 0);
    assertThat(image.sample(3, 7, 0)).isZero();
    assertThat(image.sample(3, 7, 2)).isEqualTo(255);
  }

  @Test
  void jpegGivesTheColoursBackRoughly() throws Exception {
    PixelImage image = decoder.decode(encode(redOverBlue(BufferedImage.TYPE_INT_RGB), "jpg"));
    assertThat(image.channels()).isEqualTo(3);
    assertThat(image.sample(0, 0, 0)).isCloseTo(255, within(40));
    assertThat(image.sample(3, 0, 2)).isCloseTo(255, within(40));
  }

  @Test
  void greySamplesAreTakenAsTheyAre() throws Exception {
    BufferedImage noise = noise(16, 16);
    PixelImage image = decoder.decode(encode(noise, "png"));
    assertThat(image.channels()).isEqualTo(1);
    for (int x = 0; x < 16; x++) {
      assertThat(image.sample(5, x, 0)).isEqualTo(noise.getRaster().getSample(x, 5, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void sixteenBitsAreScaledDown(String format) throws Exception {
    BufferedImage deep = new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_GRAY);
    int[] samples = {0, 128 * 257, 65535, 257};
    deep.getRaster().setSamples(0, 0, 4, 1, 0, samples);
    PixelImage image = decoder.decode(encode(deep, format));
    assertThat(image.pixels()).containsExactly((byte) 0, (byte) 128, (byte) 255, (byte) 1);
  }

  @Test
  void palettesAreLookedUpAndGreyOnesStayGrey() throws Exception {
    byte[] ramp = {0, 50, 100, (byte) 200};
    BufferedImage grey = indexed(new IndexColorModel(2, 4, ramp, ramp, ramp));
    assertThat(decoder.decode(encode(grey, "png")).pixels()).containsExactly(ramp);
    BufferedImage colour = indexed(new IndexColorModel(2, 4, ramp, new byte[4], new byte[4]));
    PixelImage image = decoder.decode(encode(colour, "png"));
    assertThat(image.channels()).isEqualTo(3);
    assertThat(image.sample(0, 3, 0)).isEqualTo(200);
    assertThat(image.sample(0, 3, 1)).isZero();
  }

  private static BufferedImage indexed(IndexColorModel palette) {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setSamples(0, 0, 4, 1, 0, new int[] {0, 1, 2, 3});
    return image;
  }

  @Test
  void transparencyIsLaidOnWhite() throws Exception {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00ff0000);
    image.setRGB(1, 0, 0x80000000);
    image.setRGB(2, 0, 0xff102030);
    byte[] pixels = decoder.decode(encode(image, "png")).pixels();
    assertThat(pixels)
        .containsExactly(
            (byte) 255,
            (byte) 255,
            (byte) 255,
            (byte) 127,
            (byte) 127,
            (byte) 127,
            0x10,
            0x20,
            0x30);
  }

  @Test
  void floatingPointSamplesCountFromZeroToOne() throws Exception {
    assertThat(RasterPixels.of(floats(0f, 0.5f, 1f)).pixels())
        .containsExactly((byte) 0, (byte) 128, (byte) 255);
    assertThatThrownBy(() -> RasterPixels.of(floats(0f, 2f, 1f)))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessage("holds the floating-point sample 2.0, expected 0 to 1");
  }

  private static BufferedImage floats(float... samples) {
    var model = new BandedSampleModel(DataBuffer.TYPE_FLOAT, 3, 1, 1);
    WritableRaster raster = Raster.createWritableRaster(model, null);
    raster.setSamples(0, 0, 3, 1, 0, samples);
    var space = ColorSpace.getInstance(ColorSpace.CS_GRAY);
    var colours =
        new ComponentColorModel(space, false, false, Transparency.OPAQUE, DataBuffer.TYPE_FLOAT);
    return new BufferedImage(colours, raster, false, null);
  }

  /** Adobe writes inks inverted, 255 for none, and says in a segment of its own which they are. */
  @Test
  void cmykAndYcckJpegBecomeRgb() throws Exception {
    PixelImage red = decoder.decode(adobe(cmykJpeg(new int[] {255, 55, 55, 255}), 0));
    assertColour(red, 255, 55, 55);
    PixelImage dark = decoder.decode(adobe(cmykJpeg(new int[] {200, 100, 200, 128}), 0));
    assertColour(dark, 100, 50, 100);
    PixelImage white = decoder.decode(adobe(cmykJpeg(new int[] {0, 128, 128, 255}), 2));
    assertColour(white, 255, 255, 255);
  }

  private static void assertColour(PixelImage image, int... colour) {
    assertThat(image.channels()).isEqualTo(3);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(image.sample(4, 4, channel)).isCloseTo(colour[channel], within(6));
    }
  }

  private static byte[] adobe(byte[] jpeg, int transform) {
    byte[] content = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
    return withSegment(jpeg, 0xee, content);
  }

  private static byte[] cmykJpeg(int[] inks) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, 8, 8, 4, null);
    for (int band = 0; band < 4; band++) {
      int[] samples = new int[64];
      Arrays.fill(samples, inks[band]);
      raster.setSamples(0, 0, 8, 8, band, samples);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam best = writer.getDefaultWriteParam();
      best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      best.setCompressionQuality(1f);
      writer.write(null, new IIOImage(raster, null, null), best);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Inserts a segment after a JPEG's first marker. */
  private static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xff);
    out.write(marker);
    out.write((content.length + 2) >> 8);
    out.write(content.length + 2);
    out.writeBytes(content);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  @Test
  void exifOrientationIsApplied() throws Exception {
    BufferedImage image = redOverBlue(BufferedImage.TYPE_INT_RGB);
    byte[] jpeg = encode(image, "jpg");
    byte[] exif = {
      'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6,
      0, 0, 0, 0, 0, 0
    };
    PixelImage turned = decoder.decode(withSegment(jpeg, 0xe1, exif));
    assertThat(turned.height()).isEqualTo(8);
    assertThat(turned.width()).isEqualTo(4);
    assertThat(turned.sample(4, 3, 0)).as("red at the right").isGreaterThan(200);
    assertThat(turned.sample(4, 0, 2)).as("blue at the left").isGreaterThan(200);
  }

  @Test
  void aDamagedExifSegmentLeavesThePixels() throws Exception {
    byte[] jpeg = encode(redOverBlue(BufferedImage.TYPE_INT_RGB), "jpg");
    byte[] exif = {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0x7f, 0, 0, 8, 1, 2, 3};
    assertThat(decoder.decode(withSegment(jpeg, 0xe1, exif)).width()).isEqualTo(8);
  }

  @Test
  void gifFramesLieOnTheirScreen() throws Exception {
    byte[] gif = encode(noise(4, 4), "gif");
    gif[6] = 6;
    gif[8] = 5;
    int frame = indexOf(gif, (byte) 0x2c);
    gif[frame + 1] = 2;
    gif[frame + 3] = 1;
    PixelImage image = decoder.decode(gif);
    assertThat(image.width()).isEqualTo(6);
    assertThat(image.height()).isEqualTo(5);
    assertThat(image.sample(0, 0, 0)).as("white outside the frame").isEqualTo(255);
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    int start = 13 + 3 * (2 << (bytes[10] & 7));
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw new AssertionError("no such byte");
  }

  @Test
  void webpIsRead() throws Exception {
    PixelImage image = decoder.decode(uniformWebp(20, 10, 200, 100, 50));
    assertThat(image.width()).isEqualTo(20);
    assertThat(image.height()).isEqualTo(10);
    assertThat(Arrays.copyOf(image.pixels(), 3)).containsExactly((byte) 200, 100, 50);
  }

  /** A lossless WebP of one colour: five prefix codes of one symbol each, and no pixel data. */
  private static byte[] uniformWebp(int width, int height, int red, int green, int blue) {
    BitSet bits = new BitSet();
    int at = 0;
    at = put(bits, at, width - 1, 14);
    at = put(bits, at, height - 1, 14);
    at = put(bits, at, 0, 7);
    for (int symbol : new int[] {green, red, blue, 255, 0}) {
      at = put(bits, at, 1, 1);
      at = put(bits, at, 0, 1);
      at = put(bits, at, 1, 1);
      at = put(bits, at, symbol, 8);
    }
    byte[] data = Arrays.copyOf(bits.toByteArray(), 13);
    ByteBuffer file = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(26);
    file.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(14).put((byte) 0x2f).put(data);
    return file.array();
  }

  private static int put(BitSet bits, int at, int value, int count) {
    for (int i = 0; i < count; i++) {
      bits.set(at + i, (value >> i & 1) == 1);
    }
    return at + count;
  }

  private void assertRejected(byte[] content, String reason) {
    assertThatThrownBy(() -> decoder.decode(content))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageMatching(reason);
  }

  @Test
  void truncatedFilesAreRejected() throws Exception {
    byte[] jpeg = encode(noise(128, 128), "jpg");
    assertRejected(Arrays.copyOf(jpeg, jpeg.length / 2), "decodes only in part: .*");
    for (String format : new String[] {"png", "bmp", "gif", "tiff"}) {
      byte[] whole = encode(noise(128, 128), format);
      assertRejected(Arrays.copyOf(whole, whole.length / 2), "(damaged or unsupported|decodes).*");
    }
  }

  @Test
  void whatIsNoImageIsRejected() {
    assertRejected(new byte[0], "empty file");
    assertRejected(new byte[] {1}, "not a JPEG, PNG, BMP, GIF, TIFF or WebP file");
    assertRejected(
        "<html>".getBytes(StandardCharsets.US_ASCII),
        "not a JPEG, PNG, BMP, GIF, TIFF or WebP file");
    assertRejected(
        new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, "damaged or unsupported JPEG: .*");
  }

  @Test
  void headersAreHeldAgainstTheLimitsBeforeThePixels() throws Exception {
    byte[] png = encode(noise(4, 4), "png");
    png[16] = 0;
    png[18] = (byte) 0xea;
    png[19] = 0x60;
    png[22] = (byte) 0xea;
    png[23] = 0x60;
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    assertRejected(png, "its header claims 3600000000 pixels, more than the limit of 100000000");
    ImageDecoder strict = new ImageDecoder(new ImageLimits(15, 1000));
    assertThatThrownBy(() -> strict.decode(encode(noise(4, 4), "png")))
        .hasMessage("its header claims 16 pixels, more than the limit of 15");
    assertThatThrownBy(() -> strict.decode(new byte[1001]))
        .hasMessage("has 1001 bytes, more than the limit of 1000");
  }

  @Test
  void noDamageEverEscapesAsAnotherError() throws Exception {
    Random random = new Random(11);
    for (String format : new String[] {"png", "jpg", "gif", "bmp", "tiff"}) {
      byte[] whole = encode(noise(24, 24), format);
      for (int trial = 0; trial < 200; trial++) {
        byte[] damaged = whole.clone();
        for (int i = 0; i < 1 + trial % 5; i++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        assertThatCodeIsAnImageOrAReason(damaged);
      }
    }
  }

  private void assertThatCodeIsAnImageOrAReason(byte[] content) {
    try {
      assertThat(decoder.decode(content).pixels()).isNotEmpty();
    } catch (UnreadableImageException e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(300).doesNotContain("\n");
    }
  }
}
