package org.imageclustering.linalg;

import java.util.Arrays;

/** Finds the row of a matrix that equals a given one, by hashing; 0.0 and -0.0 are equal. */
public final class RowIndex {
  private final FloatMatrix rows;
  private final int[] slots;

  /**
   * Hashes the rows, {@code O(n d)}; at most 16 bytes a row.
   *
   * @param rows n x d, not copied; must not change
   */
  public RowIndex(FloatMatrix rows) {
    this.rows = rows;
    this.slots = new int[Math.max(4, Integer.highestOneBit(Math.max(1, rows.rows())) << 2)];
    Arrays.fill(slots, -1);
    for (int row = 0; row < rows.rows(); row++) {
      int slot = slotOf(rows.values(), rows.offset(row));
      if (slots[slot] < 0) {
        slots[slot] = row;
      }
    }
  }

  /** Returns the first row that equals the one that starts at {@code offset}, or -1. */
  public int find(float[] source, int offset) {
    return slots[slotOf(source, offset)];
  }

  private int slotOf(float[] source, int offset) {
    return slotOf(slots, rows.values(), rows.columns(), source, offset);
  }

  /**
   * Returns the slot of a row in a hash table by linear probing: that of the equal row, or the free
   * one where it would stand.
   *
   * @param slots numbers of rows, -1 where free; a power of two of them, some free
   * @param values of the rows in the table, {@code columns} each
   * @param source holds the row from {@code offset} on
   */
  public static int slotOf(int[] slots, float[] values, int columns, float[] source, int offset) {
    int mask = slots.length - 1;
    int slot = hash(source, offset, columns) & mask;
    while (slots[slot] >= 0 && !equal(values, slots[slot] * columns, source, offset, columns)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static boolean equal(float[] a, int aOffset, float[] b, int bOffset, int length) {
    for (int j = 0; j < length; j++) {
      if (a[aOffset + j] != b[bOffset + j]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(float[] source, int offset, int length) {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + Float.floatToRawIntBits(source[i] + 0f);
    }
    hash ^= hash >>> 16;
    hash *= 0x85ebca6b;
    return hash ^ (hash >>> 13);
  }
}
