package dev.attain.report;

import dev.attain.report.Chart.Pattern;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws into a picture on white, without a display. */
final class ImageCanvas implements Canvas {
  /** Pixels for each unit of the drawing: legible at half a printed page's width. */
  private static final int SCALE = 3;

  private final Graphics2D graphics;

  private ImageCanvas(Graphics2D graphics) {
    this.graphics = graphics;
  }

  /**
   * The chart as a PNG file's content.
   *
   * @throws IOException when this JDK or machine cannot draw, for example because it has no fonts
   */
  static byte[] png(Figure figure) throws IOException {
    System.setProperty("java.awt.headless", "true");
    try {
      var image = new BufferedImage((int) (ChartPainter.WIDTH * SCALE), (int) (figure.height() * SCALE),
          BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.scale(SCALE, SCALE);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      figure.paintOn(new ImageCanvas(graphics));
      graphics.dispose();
      var bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (LinkageError | InternalError | RuntimeException e) {
      // A JDK without its font libraries fails in any of these ways, depending on its vendor.
      throw new IOException("this JDK cannot draw pictures: " + e, e);
    }
  }

  @Override
  public void line(Spot from, Spot to, Ink ink, Pattern pattern, double width) {
    prepare(ink, pattern, width);
    graphics.draw(new Line2D.Double(from.x(), from.y(), to.x(), to.y()));
  }

  @Override
  public void path(List<Spot> spots, Ink ink, Pattern pattern, double width) {
    prepare(ink, pattern, width);
    var path = new Path2D.Double();
    path.moveTo(spots.getFirst().x(), spots.getFirst().y());
    spots.stream().skip(1).forEach(spot -> path.lineTo(spot.x(), spot.y()));
    graphics.draw(path);
  }

  @Override
  public void marker(Spot centre, double radius, Ink ink, boolean filled, String hint) {
    shape(new Ellipse2D.Double(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius), ink, filled, 1.4);
  }

  @Override
  public void box(Spot corner, Spot opposite, Ink ink, boolean filled, String hint) {
    shape(new Rectangle2D.Double(corner.x(), corner.y(), opposite.x() - corner.x(), opposite.y() - corner.y()), ink,
        filled, 1.2);
  }

  private void shape(Shape shape, Ink ink, boolean filled, double width) {
    graphics.setColor(filled ? new Color(ink.onWhite) : Color.WHITE);
    graphics.fill(shape);
    prepare(ink, Pattern.SOLID, width);
    graphics.draw(shape);
  }

  @Override
  public void text(Spot place, String text, Anchor anchor, Ink ink, double size, boolean bold) {
    graphics.setColor(new Color(ink.onWhite));
    graphics.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size));
    double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
    double shift = switch (anchor) {
      case START -> 0;
      case MIDDLE -> width / 2;
      case END -> width;
    };
    graphics.drawString(text, (float) (place.x() - shift), (float) place.y());
  }

  private void prepare(Ink ink, Pattern pattern, double width) {
    graphics.setColor(new Color(ink.onWhite));
    float[] dashes = switch (pattern) {
      case SOLID -> null;
      case DASHED -> new float[]{7, 4};
      case DOTTED -> new float[]{1.5f, 3.5f};
    };
    graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0));
  }
}
