package org.imageclustering.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imageclustering.UserException;

/**
 * Height and width of an image in pixels, in the order in which arrays have them.
 *
 * @param height rows, in [1, 16384]
 * @param width columns, in [1, 16384]
 */
public record ImageSize(int height, int width) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");
  private static final int MAX_SIDE = 16384;

  /**
   * Checks the sides.
   *
   * @throws UserException if a side is outside [1, 16384]
   */
  public ImageSize {
    if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
      throw wrong(height + "x" + width);
    }
  }

  /**
   * Returns the size that {@code HxW} names: {@code 32x48} is 32 rows of 48 pixels, {@code 32} a
   * square.
   *
   * @throws UserException if the text is not of that form
   */
  public static ImageSize parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw wrong(text);
    }
    String width = matcher.group(matcher.group(2) == null ? 1 : 2);
    return new ImageSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(width));
  }

  private static UserException wrong(String found) {
    return new UserException(
        "Cannot use --size %s: expected HxW in pixels, each from 1 to %d, like 32x32"
            .formatted(found, MAX_SIDE));
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
