package org.imageclustering.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.imageclustering.UserException;
import org.junit.jupiter.api.Test;

final class IdxReaderTest {
  private static byte[] idx(int type, int[] shape, int bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * shape.length + bytes);
    buffer.put(new byte[] {0, 0, (byte) type, (byte) shape.length});
    for (int side : shape) {
      buffer.putInt(side);
    }
    for (int i = 0; i < bytes; i++) {
      buffer.put((byte) (200 + i));
    }
    return buffer.array();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static void readAll(byte[] file) throws IOException {
    try (IdxReader reader = IdxReader.open(in(file), "a.idx")) {
      while (reader.hasNext()) {
        reader.next();
      }
      reader.checkEnd();
    }
  }

  @Test
  void readsGreyImagesInOrder() throws IOException {
    try (IdxReader reader = IdxReader.open(in(idx(8, new int[] {2, 2, 3}, 12)), "a.idx")) {
      assertThat(reader.header().count()).isEqualTo(2);
      reader.nextImage();
      PixelImage second = reader.nextImage();
      assertThat(second.height()).isEqualTo(2);
      assertThat(second.width()).isEqualTo(3);
      assertThat(second.channels()).isEqualTo(1);
      assertThat(second.sample(1, 2, 0)).isEqualTo(211);
      assertThat(reader.hasNext()).isFalse();
      reader.checkEnd();
    }
  }

  @Test
  void readsColourImagesAndLabels() throws IOException {
    try (IdxReader colour = IdxReader.open(in(idx(8, new int[] {1, 1, 2, 3}, 6)), "a.idx");
        IdxReader labels = IdxReader.open(in(idx(8, new int[] {2}, 2)), "b.idx")) {
      assertThat(colour.nextImage().sample(0, 1, 2)).isEqualTo(205);
      assertThat(labels.header().isLabels()).isTrue();
      assertThat(labels.next()).containsExactly((byte) 200);
      assertThatThrownBy(labels::nextImage)
          .isInstanceOf(UserException.class)
          .hasMessage("Cannot read images from b.idx: found labels (rank 1), expected rank 3 or 4");
    }
  }

  @Test
  void gzippedFilesGiveTheSameRecords() throws IOException {
    byte[] plain = idx(8, new int[] {5, 7, 3}, 105);
    try (IdxReader a = IdxReader.open(in(plain), "a");
        IdxReader b = IdxReader.open(in(gzip(plain)), "b")) {
      while (a.hasNext()) {
        assertThat(b.next()).isEqualTo(a.next());
      }
      b.checkEnd();
    }
  }

  @Test
  void resumesAtARecord() throws IOException {
    byte[] file = idx(8, new int[] {3, 1, 2}, 6);
    IdxHeader header = IdxHeader.read(in(file), "a.idx");
    InputStream rest = in(file);
    rest.skipNBytes(header.offset(2));
    try (IdxReader reader = IdxReader.resume(rest, header, 2)) {
      assertThat(reader.next()).containsExactly((byte) 204, (byte) 205);
      assertThat(reader.hasNext()).isFalse();
      reader.checkEnd();
    }
  }

  @Test
  void truncatedFilesNameBothLengths() throws IOException {
    byte[] whole = idx(8, new int[] {2, 2, 3}, 12);
    byte[] cut = Arrays.copyOf(whole, 20);
    String message =
        "Cannot read the IDX file a.idx: found 20 bytes, expected 28 for the 2x2x3 its header promises";
    assertThatThrownBy(() -> readAll(cut)).isInstanceOf(UserException.class).hasMessage(message);
    assertThatThrownBy(() -> readAll(gzip(cut))).hasMessage(message);
  }

  @Test
  void truncatedGzipIsAUserError() throws IOException {
    byte[] packed = gzip(idx(8, new int[] {64, 64, 64}, 64 * 64 * 64));
    byte[] cut = Arrays.copyOf(packed, packed.length / 2);
    assertThatThrownBy(() -> readAll(cut))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "Cannot read the IDX file a.idx: found \\d+ bytes, expected 262160 for the 64x64x64.*");
  }

  @Test
  void damagedGzipIsAUserError() throws IOException {
    byte[] packed = gzip(idx(8, new int[] {64, 64, 64}, 64 * 64 * 64));
    Arrays.fill(packed, packed.length / 3, packed.length / 2, (byte) 0xff);
    assertThatThrownBy(() -> readAll(packed)).isInstanceOf(UserException.class);
  }

  @Test
  void moreBytesThanPromisedAreAnError() {
    byte[] file = idx(8, new int[] {1, 2, 2}, 5);
    assertThatThrownBy(() -> readAll(file))
        .hasMessage(
            "Cannot read the IDX file a.idx: found 21 bytes, expected 20 for the 1x2x2 its header promises");
  }

  @Test
  void lyingHeadersAreUserErrors() {
    assertThatThrownBy(() -> readAll(idx(8, new int[] {1, -2, 2}, 4)))
        .hasMessage(
            "Cannot read the IDX file a.idx: found the dimensions 1x-2x2, expected positive sides and 1 or 3 channels");
    assertThatThrownBy(() -> readAll(idx(8, new int[] {1, 1 << 30, 1 << 30}, 4)))
        .hasMessageContaining("found the dimensions 1x1073741824x1073741824");
    assertThatThrownBy(() -> readAll(idx(8, new int[] {1, 2, 2, 2}, 8)))
        .hasMessageContaining("expected positive sides and 1 or 3 channels");
    assertThatThrownBy(() -> readAll(idx(0x0d, new int[] {1, 2, 2}, 16)))
        .hasMessage(
            "Cannot read the IDX file a.idx: found values of type 0x0d, expected 0x08 (unsigned bytes)");
    assertThatThrownBy(() -> readAll(idx(8, new int[] {2, 2}, 4)))
        .hasMessage(
            "Cannot read the IDX file a.idx: found rank 2, expected 1 (labels), 3 or 4 (images)");
  }

  @Test
  void otherFilesAreUserErrors() {
    assertThatThrownBy(() -> readAll("hello".getBytes(StandardCharsets.US_ASCII)))
        .hasMessage(
            "Cannot read the IDX file a.idx: found the first bytes 68 65 6c 6c, expected 00 00 08 01, 03 or 04");
    assertThatThrownBy(() -> readAll(new byte[] {0, 0, 8, 3, 0, 0}))
        .hasMessage(
            "Cannot read the IDX file a.idx: found its end within the header, expected 4 bytes and one int a dimension");
  }
}
