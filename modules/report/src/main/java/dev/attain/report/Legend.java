package dev.attain.report;

import dev.attain.report.Canvas.Anchor;
import dev.attain.report.Canvas.Spot;
import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Mark;
import java.util.List;

/** Places and draws the entries of legends: in columns below a figure, or in a line that ends at a place. */
final class Legend {
  private static final double LINE = 20;
  // An entry's line with its gaps, and about how wide a letter is.
  private static final double KEY_ROOM = 40;
  private static final double LETTER = 6.2;
  private static final int MOST_COLUMNS = 3;
  private static final double SHORT_LINE = 20;
  private static final double SHORT_GAP = 12;

  private Legend() {}

  /** How high so many entries are below a figure. */
  static double height(int keys) {
    return Math.ceilDiv(keys, MOST_COLUMNS) * LINE;
  }

  static double height(List<LegendKey> keys) {
    return Math.ceilDiv(keys.size(), columns(keys)) * LINE;
  }

  /** Fewer columns for entries that would not fit beside each other. */
  private static int columns(List<LegendKey> keys) {
    int longest = keys.stream().mapToInt(key -> key.label().length()).max().orElse(0);
    return (int) Math.clamp(ChartPainter.WIDTH / (KEY_ROOM + LETTER * longest), 1, MOST_COLUMNS);
  }

  /** Where an entry begins, at the middle of its line. */
  static Spot place(int number, double top) {
    return place(number, MOST_COLUMNS, top);
  }

  private static Spot place(int number, int columns, double top) {
    int line = number / columns;
    return new Spot(6 + number % columns * (ChartPainter.WIDTH - 6) / columns, top + line * LINE);
  }

  static void paint(Canvas canvas, List<LegendKey> keys, double top) {
    for (int number = 0; number < keys.size(); number++) {
      LegendKey key = keys.get(number);
      Spot place = place(number, columns(keys), top);
      canvas.group("key", () -> paint(canvas, key, place, 28, PanelPainter.SMALL));
    }
  }

  /** One beside the other, the last one ending at a place. */
  static void paintBefore(Canvas canvas, List<LegendKey> keys, Spot end) {
    double left = end.x() - keys.stream().mapToDouble(Legend::shortWidth).sum();
    for (LegendKey key : keys) {
      Spot place = new Spot(left, end.y());
      canvas.group("key", () -> paint(canvas, key, place, SHORT_LINE, PanelPainter.SMALL - 1));
      left += shortWidth(key);
    }
  }

  private static double shortWidth(LegendKey key) {
    return SHORT_LINE + 4 + SHORT_GAP + LETTER * key.label().length();
  }

  private static void paint(Canvas canvas, LegendKey key, Spot place, double line, double letters) {
    if (key.mark() != Mark.HOLLOW) {
      canvas.line(place, new Spot(place.x() + line, place.y()), key.ink(), key.pattern(), 2);
    }
    if (key.mark() != Mark.NONE) {
      canvas.marker(new Spot(place.x() + line / 2, place.y()), PanelPainter.MARKER, key.ink(),
          key.mark() == Mark.FILLED, "");
    }
    canvas.text(new Spot(place.x() + line + 6, place.y() + 4), key.label(), Anchor.START, Ink.TEXT, letters, false);
  }
}
