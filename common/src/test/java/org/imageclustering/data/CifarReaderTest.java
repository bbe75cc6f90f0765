package org.imageclustering.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.imageclustering.UserException;
import org.junit.jupiter.api.Test;

final class CifarReaderTest {
  /** One record: the labels, then a plane of 10, one of 20 and one of 30, first pixel 1, 2, 3. */
  private static byte[] record(int... labels) {
    byte[] record = new byte[labels.length + 3072];
    for (int i = 0; i < labels.length; i++) {
      record[i] = (byte) labels[i];
    }
    for (int plane = 0; plane < 3; plane++) {
      int start = labels.length + plane * 1024;
      Arrays.fill(record, start, start + 1024, (byte) (10 * (plane + 1)));
      record[start] = (byte) (plane + 1);
    }
    return record;
  }

  @Test
  void turnsPlanesIntoPixels() throws IOException {
    try (CifarReader reader =
        new CifarReader(
            new ByteArrayInputStream(record(7)), CifarFormat.CIFAR_10, "data_batch_1.bin")) {
      assertThat(reader.advance()).isTrue();
      assertThat(reader.label(0)).isEqualTo(7);
      PixelImage image = reader.image();
      assertThat(Arrays.copyOf(image.pixels(), 6)).containsExactly(1, 2, 3, 10, 20, 30);
      assertThat(image.sample(31, 31, 2)).isEqualTo(30);
      assertThat(reader.advance()).isFalse();
    }
  }

  @Test
  void readsBothLabelsOfCifar100() throws IOException {
    try (CifarReader reader =
        new CifarReader(
            new ByteArrayInputStream(record(3, 99)), CifarFormat.CIFAR_100, "train.bin")) {
      reader.advance();
      assertThat(reader.label(CifarFormat.CIFAR_100.labelIndex("coarse"))).isEqualTo(3);
      assertThat(reader.label(CifarFormat.CIFAR_100.labelIndex("fine"))).isEqualTo(99);
      assertThat(reader.image().sample(0, 0, 0)).isEqualTo(1);
    }
  }

  @Test
  void tellsTheFormatByTheLength() {
    assertThat(CifarFormat.ofLength(30_730_000)).contains(CifarFormat.CIFAR_10);
    assertThat(CifarFormat.ofLength(153_700_000)).contains(CifarFormat.CIFAR_100);
    assertThat(CifarFormat.ofLength(0)).isEmpty();
    assertThatThrownBy(() -> CifarFormat.require("a.bin", 5000))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot read the CIFAR file a.bin: found 5000 bytes, expected a multiple of 3073 (CIFAR-10) or 3074 (CIFAR-100)");
  }

  @Test
  void wrongLabelNamesAndCutRecordsAreUserErrors() {
    assertThatThrownBy(() -> CifarFormat.CIFAR_10.labelIndex("fine"))
        .hasMessage("Cannot read the labels of CIFAR records: found --labels fine, expected label");
    assertThatThrownBy(() -> CifarFormat.CIFAR_100.labelIndex("label"))
        .hasMessage(
            "Cannot read the labels of CIFAR records: found --labels label, expected coarse or fine");
    byte[] cut = Arrays.copyOf(record(1), 100);
    assertThatThrownBy(
            () ->
                new CifarReader(new ByteArrayInputStream(cut), CifarFormat.CIFAR_10, "a.bin")
                    .advance())
        .hasMessage(
            "Cannot read the CIFAR file a.bin: found 100 bytes in its last record, expected 3073");
  }
}
