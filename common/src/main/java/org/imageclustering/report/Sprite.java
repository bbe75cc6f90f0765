package org.imageclustering.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.imageclustering.data.PixelImage;

/**
 * Many small images in one PNG, in a grid: one data URI instead of hundreds. Tiles stand row by
 * row, each in a cell of the largest height and width; smaller ones stand at the cell's top left on
 * black. Grey where all the images are, RGB otherwise.
 */
final class Sprite {
  private final List<PixelImage> tiles;
  private final int columns;
  private final int cellHeight;
  private final int cellWidth;

  /** A grid of at least one image, with this many columns. */
  Sprite(List<PixelImage> tiles, int columns) {
    this.tiles = List.copyOf(tiles);
    this.columns = columns;
    this.cellHeight = tiles.stream().mapToInt(PixelImage::height).max().orElseThrow();
    this.cellWidth = tiles.stream().mapToInt(PixelImage::width).max().orElseThrow();
  }

  int columns() {
    return columns;
  }

  int cellHeight() {
    return cellHeight;
  }

  int cellWidth() {
    return cellWidth;
  }

  /** Returns {@code data:image/png;base64,…}. */
  String dataUri() {
    boolean grey = tiles.stream().allMatch(tile -> tile.channels() == 1);
    int rows = (tiles.size() + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(
            columns * cellWidth,
            rows * cellHeight,
            grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < tiles.size(); i++) {
      PixelImage tile = tiles.get(i).toChannels(grey ? 1 : 3);
      draw(tile, sheet, i % columns * cellWidth, i / columns * cellHeight);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(sheet));
  }

  /** Writes samples into the raster: drawing through colour spaces would change grey values. */
  private static void draw(PixelImage tile, BufferedImage sheet, int left, int top) {
    int[] samples = new int[tile.pixels().length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = tile.pixels()[i] & 0xff;
    }
    sheet.getRaster().setPixels(left, top, tile.width(), tile.height(), samples);
  }

  private static byte[] png(BufferedImage sheet) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      if (!ImageIO.write(sheet, "png", bytes)) {
        throw new IllegalStateException("Cannot write PNG: the JDK has no writer for it");
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
