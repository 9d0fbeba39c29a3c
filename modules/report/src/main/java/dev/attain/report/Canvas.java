package dev.attain.report;

import dev.attain.report.Chart.Pattern;
import java.util.List;

/** What a chart is drawn on. Lengths are in units of the drawing; y grows downwards. */
interface Canvas {

  /** A place. */
  record Spot(double x, double y) {}

  /** Which point of a text its place is. */
  enum Anchor {
    START, MIDDLE, END
  }

  /**
   * Draws something that belongs together.
   *
   * @param part what it is, one word, for views that let a reader do something with it
   */
  default void group(String part, Runnable content) {
    content.run();
  }

  void line(Spot from, Spot to, Ink ink, Pattern pattern, double width);

  void path(List<Spot> spots, Ink ink, Pattern pattern, double width);

  /** @param hint shown where the view can; empty for none */
  void box(Spot corner, Spot opposite, Ink ink, boolean filled, String hint);

  /** @param hint shown where the view can; empty for none */
  void marker(Spot centre, double radius, Ink ink, boolean filled, String hint);

  /** @param place on the base line of the letters */
  void text(Spot place, String text, Anchor anchor, Ink ink, double size, boolean bold);
}
