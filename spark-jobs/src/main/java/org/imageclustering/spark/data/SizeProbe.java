package org.imageclustering.spark.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.imageclustering.data.ImageDecoder;
import org.imageclustering.data.ImageLimits;
import org.imageclustering.data.UnreadableImageException;

/**
 * A look at the headers of a few image files, so that photographs of many sizes are made small as
 * they are read and not only once all have been staged in full.
 */
final class SizeProbe {
  private static final int FILES = 32;

  private SizeProbe() {}

  /** Returns whether two of up to 32 files, spread over the input, differ in size. */
  static boolean sizesDiffer(InputFiles input, Configuration hadoop) {
    ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    List<InputFile> files = input.files();
    int step = Math.max(1, files.size() / FILES);
    int[] first = null;
    for (int i = 0; i < files.size(); i += step) {
      InputFile file = files.get(i);
      Optional<int[]> size = InputFiles.unchecked(() -> size(file, decoder, hadoop));
      if (size.isPresent() && first != null && !Arrays.equals(first, size.get())) {
        return true;
      }
      first = first == null ? size.orElse(null) : first;
    }
    return false;
  }

  private static Optional<int[]> size(InputFile file, ImageDecoder decoder, Configuration hadoop)
      throws IOException {
    try (InputStream in = InputFiles.open(file.path(), hadoop)) {
      decoder.checkBytes(file.length());
      return Optional.of(decoder.size(in.readAllBytes()));
    } catch (UnreadableImageException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (InputFiles.cannotBeOpened(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
