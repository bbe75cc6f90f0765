package org.imageclustering.spark.data;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;
import org.imageclustering.data.ImageSize;
import org.imageclustering.data.PixelImage;
import org.imageclustering.data.Resizer;

/** Brings an image to the size and channels that were asked for, if any were. */
final class Shaper implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int AS_IT_IS = 0;

  private final int height;
  private final int width;
  private final int channels;

  Shaper(InputOptions options) {
    this(options.size(), options.channels());
  }

  Shaper(Optional<ImageSize> size, OptionalInt channels) {
    this.height = size.map(ImageSize::height).orElse(AS_IT_IS);
    this.width = size.map(ImageSize::width).orElse(AS_IT_IS);
    this.channels = channels.orElse(AS_IT_IS);
  }

  PixelImage shape(PixelImage image) {
    PixelImage coloured = channels == AS_IT_IS ? image : image.toChannels(channels);
    return height == AS_IT_IS
        ? coloured
        : new Resizer(new ImageSize(height, width)).letterbox(coloured);
  }
}
