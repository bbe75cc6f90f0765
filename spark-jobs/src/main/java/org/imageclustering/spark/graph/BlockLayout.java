package org.imageclustering.spark.graph;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.apache.spark.Partitioner;
import org.imageclustering.spectral.RowPart;

/**
 * The two ways in which a block of b vectors with n entries lies on executors: by columns, as
 * panels, for the filters, and by rows, as parts, for the rotation. A panel's columns are dealt out
 * in turn, so that those which have converged, the first ones, are spread over all panels.
 *
 * @param n rows
 * @param width columns b
 * @param panels how many the columns are dealt to, 1 to b
 */
record BlockLayout(int n, int width, int panels) implements Serializable {
  private static final long serialVersionUID = 1L;

  int panelWidth(int panel) {
    return ofFirst(width, panel);
  }

  /** Returns the column of the block that a panel's column is. */
  int column(int panel, int local) {
    return local * panels + panel;
  }

  /** Returns how many of the block's first columns a panel has. */
  int ofFirst(int columns, int panel) {
    return Math.max(0, (columns - panel + panels - 1) / panels);
  }

  int parts() {
    return (n - 1) / RowPart.rows(n) + 1;
  }

  int firstRow(int part) {
    return (int) Math.min(n, (long) part * RowPart.rows(n));
  }

  int rows(int part) {
    return firstRow(part + 1) - firstRow(part);
  }

  /** Returns room for a panel. */
  float[] newPanel(int panel) {
    return new float[Math.multiplyExact(n, panelWidth(panel))];
  }

  /** Returns a panel's rows of a part as bytes. */
  byte[] slice(float[] values, int panel, int part) {
    int panelWidth = panelWidth(panel);
    int length = rows(part) * panelWidth;
    byte[] bytes = bytes(length);
    floats(bytes).put(values, firstRow(part) * panelWidth, length);
    return bytes;
  }

  /** Copies a panel's rows of a part to their columns of the part, which has all columns. */
  void toPart(byte[] slice, int panel, float[] part) {
    FloatBuffer floats = floats(slice);
    int panelWidth = panelWidth(panel);
    float[] row = new float[panelWidth];
    for (int r = 0; r < part.length / width; r++) {
      floats.get(row);
      for (int c = 0; c < panelWidth; c++) {
        part[r * width + column(panel, c)] = row[c];
      }
    }
  }

  /** Returns a panel's columns of a part's rows as bytes. */
  byte[] fromPart(float[] part, int panel) {
    int panelWidth = panelWidth(panel);
    int rows = part.length / width;
    byte[] bytes = bytes(rows * panelWidth);
    FloatBuffer floats = floats(bytes);
    float[] row = new float[panelWidth];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < panelWidth; c++) {
        row[c] = part[r * width + column(panel, c)];
      }
      floats.put(row);
    }
    return bytes;
  }

  /** Copies a panel's rows of a part to the panel. */
  void toPanel(byte[] slice, int panel, int part, float[] values) {
    int panelWidth = panelWidth(panel);
    floats(slice).get(values, firstRow(part) * panelWidth, rows(part) * panelWidth);
  }

  /** Returns those of the block's first columns that a panel has, as bytes. */
  byte[] first(int count, int panel, float[] values) {
    int panelWidth = panelWidth(panel);
    int own = ofFirst(count, panel);
    byte[] bytes = bytes(n * own);
    FloatBuffer floats = floats(bytes);
    for (int row = 0; row < n; row++) {
      floats.put(values, row * panelWidth, own);
    }
    return bytes;
  }

  /** Copies what {@link #first} returned to the block's first columns. */
  void toColumns(byte[] first, int panel, float[] columns, int count) {
    FloatBuffer floats = floats(first);
    float[] row = new float[ofFirst(count, panel)];
    for (int r = 0; r < n; r++) {
      floats.get(row);
      for (int c = 0; c < row.length; c++) {
        columns[r * count + column(panel, c)] = row[c];
      }
    }
  }

  private static byte[] bytes(int floats) {
    return new byte[Math.multiplyExact(floats, Float.BYTES)];
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /** Sends each panel to a partition of its own. */
  Partitioner byPanel() {
    return new Ranges(panels, panels);
  }

  /** Sends consecutive parts to the same partition, of so many at most. */
  Partitioner byPart(int most) {
    return new Ranges(parts(), Math.min(most, parts()));
  }

  /** Cuts the numbers {@code 0 <= i < count} into ranges. */
  private static final class Ranges extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int count;
    private final int partitions;

    Ranges(int count, int partitions) {
      this.count = count;
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object number) {
      return (int) ((long) (Integer) number * partitions / count);
    }
  }
}
