package org.imageclustering.spark.data;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.imageclustering.data.IdxReader;
import org.imageclustering.data.PixelImage;

/** Images of one IDX file that one task reads, with their labels where there are any. */
final class IdxSlice implements Serializable {
  private static final long serialVersionUID = 1L;

  private final RecordSlice slice;
  private final IdxFile images;
  private final IdxFile labels;

  /**
   * A slice of a file.
   *
   * @param labels with one label an image, or null
   */
  IdxSlice(RecordSlice slice, IdxFile images, IdxFile labels) {
    this.slice = slice;
    this.images = images;
    this.labels = labels;
  }

  Iterator<Row> open(Configuration hadoop, Shaper shaper) throws IOException {
    IdxReader imageReader = images.readerAt(slice.from(), hadoop);
    IdxReader labelReader = labels == null ? null : labels.readerAt(slice.from(), hadoop);
    Records records = new Records(imageReader, labelReader, shaper);
    return new RecordRows(slice, records, images.header().count());
  }

  private static final class Records implements RecordReader {
    private final IdxReader images;
    private final IdxReader labels;
    private final Shaper shaper;

    Records(IdxReader images, IdxReader labels, Shaper shaper) {
      this.images = images;
      this.labels = labels;
      this.shaper = shaper;
    }

    @Override
    public Row next(long id, String origin) throws IOException {
      PixelImage image = shaper.shape(images.nextImage());
      String label = labels == null ? null : Integer.toString(labels.next()[0] & 0xff);
      return Staged.image(id, origin, image, label);
    }

    @Override
    public void finish() throws IOException {
      images.checkEnd();
      if (labels != null) {
        labels.checkEnd();
      }
    }

    @Override
    public void close() throws IOException {
      images.close();
      if (labels != null) {
        labels.close();
      }
    }
  }
}
