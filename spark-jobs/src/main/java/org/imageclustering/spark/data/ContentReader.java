package org.imageclustering.spark.data;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.imageclustering.data.ImageDecoder;
import org.imageclustering.data.ImageLimits;
import org.imageclustering.data.PixelImage;
import org.imageclustering.data.UnreadableImageException;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Turns a row (id, label, content) of a Parquet table into a staged one; used in tasks. */
final class ContentReader implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What the content column holds. */
  enum Kind {
    /** A struct of Spark's {@code ImageSchema}. */
    IMAGE_STRUCT,
    /** The bytes of an image file. */
    ENCODED_IMAGE,
    /** An MLlib vector, or an array of float or double. */
    VECTOR
  }

  private final String source;
  private final Shaper shaper;
  private final Kind kind;

  ContentReader(String source, Shaper shaper, Kind kind) {
    this.source = source;
    this.shaper = shaper;
    this.kind = kind;
  }

  Row row(Row row) {
    long id = row.getLong(0);
    String label = row.getString(1);
    String origin = source + "#" + id;
    try {
      if (row.isNullAt(2)) {
        throw new UnreadableImageException("holds null");
      }
      return switch (kind) {
        case IMAGE_STRUCT ->
            Staged.image(id, origin, shaper.shape(ofStruct(row.getStruct(2))), label);
        case ENCODED_IMAGE ->
            Staged.image(id, origin, shaper.shape(decode(row.<byte[]>getAs(2))), label);
        case VECTOR -> Staged.vector(id, origin, vector(row.get(2)), label);
      };
    } catch (UnreadableImageException e) {
      return Staged.rejected(id, origin, e.getMessage());
    }
  }

  private static PixelImage decode(byte[] content) throws UnreadableImageException {
    return new ImageDecoder(ImageLimits.DEFAULT).decode(content);
  }

  /** OpenCV's layout: rows of BGR, BGRA or grey bytes; transparent pixels are laid on white. */
  private static PixelImage ofStruct(Row image) throws UnreadableImageException {
    for (String field : new String[] {"height", "width", "nChannels", "data"}) {
      if (image.isNullAt(image.fieldIndex(field))) {
        throw new UnreadableImageException("an image struct without " + field);
      }
    }
    int height = image.<Integer>getAs("height");
    int width = image.<Integer>getAs("width");
    int from = image.<Integer>getAs("nChannels");
    byte[] data = image.<byte[]>getAs("data");
    boolean known = from == 1 || from == 3 || from == 4;
    if (height < 1 || width < 1 || !known || data.length != (long) height * width * from) {
      throw new UnreadableImageException(
          "an image struct of %dx%dx%d with %d bytes".formatted(height, width, from, data.length));
    }
    return new PixelImage(height, width, from == 1 ? 1 : 3, from == 1 ? data : rgb(data, from));
  }

  private static byte[] rgb(byte[] data, int from) {
    byte[] rgb = new byte[data.length / from * 3];
    for (int pixel = 0; pixel < rgb.length / 3; pixel++) {
      int alpha = from == 4 ? data[pixel * 4 + 3] & 0xff : 255;
      for (int channel = 0; channel < 3; channel++) {
        int value = data[pixel * from + 2 - channel] & 0xff;
        rgb[pixel * 3 + channel] = (byte) ((value * alpha + 127) / 255 + 255 - alpha);
      }
    }
    return rgb;
  }

  private static float[] vector(Object content) throws UnreadableImageException {
    double[] values = content instanceof Vector vector ? vector.toArray() : ofList(content);
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
      if (!Float.isFinite(floats[i])) {
        throw new UnreadableImageException("holds %s at position %d".formatted(values[i], i));
      }
    }
    return floats;
  }

  private static double[] ofList(Object content) throws UnreadableImageException {
    List<?> list = JavaConverters.seqAsJavaList((Seq<?>) content);
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(list.get(i) instanceof Number number)) {
        throw new UnreadableImageException("holds null at position %d".formatted(i));
      }
      values[i] = number.doubleValue();
    }
    return values;
  }
}
