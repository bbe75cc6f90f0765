package org.imageclustering.data;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Where a GIF's first frame lies on its screen, which may be larger than the frame. */
final class GifScreen {
  private final int width;
  private final int height;
  private final int left;
  private final int top;

  private GifScreen(int width, int height, int left, int top) {
    this.width = width;
    this.height = height;
    this.left = left;
    this.top = top;
  }

  /** Returns the screen that the file's head states, large enough for its first frame. */
  static GifScreen of(ImageReader reader) throws IOException {
    Element screen =
        element(
            reader.getStreamMetadata(), "javax_imageio_gif_stream_1.0", "LogicalScreenDescriptor");
    Element frame =
        element(reader.getImageMetadata(0), "javax_imageio_gif_image_1.0", "ImageDescriptor");
    int left = number(frame, "imageLeftPosition");
    int top = number(frame, "imageTopPosition");
    return new GifScreen(
        Math.max(number(screen, "logicalScreenWidth"), left + reader.getWidth(0)),
        Math.max(number(screen, "logicalScreenHeight"), top + reader.getHeight(0)),
        left,
        top);
  }

  private static Element element(IIOMetadata metadata, String format, String name) {
    NodeList nodes = metadata.getAsTree(format).getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node.getNodeName().equals(name)) {
        return (Element) node;
      }
    }
    throw new IllegalStateException("has no " + name);
  }

  private static int number(Element element, String attribute) {
    return Integer.parseInt(element.getAttribute(attribute));
  }

  int[] size() {
    return new int[] {height, width};
  }

  long pixelCount() {
    return (long) width * height;
  }

  /** Returns the frame in its place on a transparent screen. */
  BufferedImage place(BufferedImage frame) {
    if (frame.getWidth() == width && frame.getHeight() == height) {
      return frame;
    }
    BufferedImage whole = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = whole.createGraphics();
    graphics.drawImage(frame, left, top, null);
    graphics.dispose();
    return whole;
  }
}
