package dev.attain.report;

import dev.attain.report.Canvas.Anchor;
import dev.attain.report.Canvas.Spot;
import dev.attain.report.Chart.Pattern;
import java.util.List;

/**
 * A value with its interval for each of many names, one below the other, on an axis from zero.
 *
 * @param name file name without its ending
 * @param horizontal title of the axis
 * @param rows from the top down
 * @param keys what filled and hollow markers mean
 */
record RankingChart(String name, String title, String horizontal, List<Row> rows, List<String> keys)
    implements
      Figure {
  private static final double LEFT = 168;
  private static final double RIGHT = 462;
  private static final double TOP = 40;
  private static final double ROW = 15;
  private static final double LETTERS = 10.5;
  private static final double BELOW = 44;
  private static final double KEY = 18;

  /** One name; a filled marker is one that cannot be told apart from the first. */
  record Row(String label, Ink ink, double value, double low, double high, boolean filled, String hint) {}

  RankingChart {
    rows = List.copyOf(rows);
    keys = List.copyOf(keys);
  }

  @Override
  public double height() {
    return bottom() + BELOW + KEY * keys.size() + 6;
  }

  private double bottom() {
    return TOP + ROW * rows.size() + 4;
  }

  @Override
  public void paintOn(Canvas canvas) {
    double highest = rows.stream().mapToDouble(Row::high).max().orElse(1);
    Axis axis = Axis.linear(1.04 * highest, LEFT, RIGHT, Numbers::plain);
    canvas.text(new Spot(4, 18), title, Anchor.START, Ink.TEXT, 14, true);
    for (Axis.Tick tick : axis.ticks()) {
      double across = axis.place(tick.value());
      canvas.line(new Spot(across, TOP - 8), new Spot(across, bottom()), Ink.GRID, Pattern.SOLID, 1);
      canvas.text(new Spot(across, bottom() + 16), tick.label(), Anchor.MIDDLE, Ink.MUTED, LETTERS, false);
    }
    for (int number = 0; number < rows.size(); number++) {
      paintRow(canvas, axis, rows.get(number), TOP + ROW * (number + 0.5));
    }
    canvas.text(new Spot((LEFT + RIGHT) / 2, bottom() + 34), horizontal, Anchor.MIDDLE, Ink.TEXT, 12.5, false);
    for (int number = 0; number < keys.size(); number++) {
      canvas.text(new Spot(4, bottom() + BELOW + 10 + KEY * number), keys.get(number), Anchor.START, Ink.MUTED, LETTERS,
          false);
    }
  }

  private static void paintRow(Canvas canvas, Axis axis, Row row, double height) {
    canvas.text(new Spot(LEFT - 8, height + 4), row.label(), Anchor.END, Ink.TEXT, LETTERS, false);
    double low = axis.place(row.low());
    double high = axis.place(row.high());
    canvas.line(new Spot(low, height), new Spot(high, height), row.ink(), Pattern.SOLID, 1.4);
    for (double end : new double[]{low, high}) {
      canvas.line(new Spot(end, height - 3), new Spot(end, height + 3), row.ink(), Pattern.SOLID, 1.2);
    }
    canvas.marker(new Spot(axis.place(row.value()), height), 3.4, row.ink(), row.filled(), row.hint());
  }
}
