package org.imageclustering.patch;

import java.util.Arrays;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.RowIndex;

/**
 * Rows without repetition: equal rows get the number of the first of them. A constant patch
 * repeated 100,000 times would otherwise be a neighbour of nothing but itself.
 */
public final class UniqueRows {
  /** The largest array. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private final int columns;
  private float[] values;
  private int[] slots;
  private int count;

  /** An empty table of rows of so many numbers. */
  public UniqueRows(int columns) {
    this.columns = columns;
    this.values = new float[Math.multiplyExact(columns, 1024)];
    this.slots = emptySlots(4096);
  }

  /** Returns how many different rows there are. */
  public int count() {
    return count;
  }

  /**
   * Returns the number of the row that starts at {@code offset}, adding it if it is new.
   *
   * @throws UserException if all rows together would have more than about 2^31 numbers
   */
  public int add(float[] source, int offset) {
    int slot = slotOf(source, offset);
    if (slots[slot] >= 0) {
      return slots[slot];
    }
    grow((count + 1L) * columns);
    System.arraycopy(source, offset, values, count * columns, columns);
    slots[slot] = count++;
    if (count > slots.length / 2) {
      rehash();
    }
    return count - 1;
  }

  private void grow(long needed) {
    if (needed > MOST) {
      throw new UserException(
          "Cannot hold the different windows: found more than %d of %d numbers, expected at most 2^31 numbers together; a smaller sa-net.fit-sample or a larger stride would work"
              .formatted(count, columns));
    }
    if (needed > values.length) {
      long grown = Math.max(needed, values.length + values.length / 2L);
      values = Arrays.copyOf(values, (int) Math.min(MOST, grown));
    }
  }

  /** Returns the rows in the order in which they first came, count x columns. */
  public FloatMatrix toMatrix() {
    return new FloatMatrix(count, columns, Arrays.copyOf(values, count * columns));
  }

  private int slotOf(float[] source, int offset) {
    return RowIndex.slotOf(slots, values, columns, source, offset);
  }

  private void rehash() {
    slots = emptySlots(slots.length * 2);
    for (int row = 0; row < count; row++) {
      slots[slotOf(values, row * columns)] = row;
    }
  }

  private static int[] emptySlots(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, -1);
    return slots;
  }
}
