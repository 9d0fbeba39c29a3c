package dev.attain.report;

import static dev.attain.report.ChartPainter.AREA;
import static dev.attain.report.PanelPainter.SMALL;

import dev.attain.report.Canvas.Anchor;
import dev.attain.report.Canvas.Spot;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.StackedBars.Bar;
import dev.attain.report.StackedBars.Fill;
import dev.attain.report.StackedBars.Look;
import dev.attain.report.StackedBars.Part;

/** Draws stacked bars on a linear axis from zero, where a height is an amount. */
final class BarPainter {
  private static final double WIDEST_BAR = 56;
  private static final double SHARE_OF_SLOT = 0.62;
  private static final double LETTER = 7;
  private static final double HATCH_GAP = 6;
  private static final double ABOVE_A_BAR = 5;

  private final StackedBars chart;
  private final Canvas canvas;
  private final Axis y;
  private final double slot;

  private BarPainter(StackedBars chart, Canvas canvas) {
    this.chart = chart;
    this.canvas = canvas;
    this.y = Axis.linear(1.08 * chart.bars().stream().mapToDouble(Bar::seconds).max().orElse(1), AREA.bottom(),
        AREA.top(),
        Numbers::seconds);
    this.slot = (AREA.right() - AREA.left()) / Math.max(1, chart.bars().size());
  }

  static void paint(StackedBars chart, Canvas canvas) {
    new BarPainter(chart, canvas).paint();
  }

  private void paint() {
    ChartPainter.paintFrame(canvas, chart.title(), chart.horizontal(), y);
    for (int number = 0; number < chart.bars().size(); number++) {
      paintBar(chart.bars().get(number), AREA.left() + (number + 0.5) * slot);
    }
    paintLabels();
    for (int number = 0; number < chart.keys().size(); number++) {
      paintKey(chart.keys().get(number), Legend.place(number, ChartPainter.LEGEND_TOP));
    }
  }

  private void paintBar(Bar bar, double middle) {
    double half = Math.min(WIDEST_BAR, SHARE_OF_SLOT * slot) / 2;
    double below = 0;
    for (Part part : bar.parts()) {
      double above = below + part.seconds();
      paintBox(new Spot(middle - half, y.place(above)), new Spot(middle + half, y.place(below)), part.look(),
          part.hint());
      below = above;
    }
  }

  /** A label every so often that none touches the next. */
  private void paintLabels() {
    int longest = chart.bars().stream().mapToInt(bar -> bar.label().length()).max().orElse(1);
    int longestTotal = chart.bars().stream().mapToInt(bar -> Numbers.seconds(bar.seconds()).length()).max().orElse(1);
    int step = (int) Math.ceil(Math.max(longest, longestTotal) * LETTER / slot);
    for (int number = 0; number < chart.bars().size(); number += step) {
      Bar bar = chart.bars().get(number);
      double middle = AREA.left() + (number + 0.5) * slot;
      canvas.text(new Spot(middle, AREA.bottom() + 18), bar.label(), Anchor.MIDDLE, Ink.MUTED, SMALL, false);
      canvas.text(new Spot(middle, y.place(bar.seconds()) - ABOVE_A_BAR), Numbers.seconds(bar.seconds()), Anchor.MIDDLE,
          Ink.TEXT, SMALL - 1, false);
    }
  }

  private void paintKey(StackedBars.Key key, Spot place) {
    paintBox(new Spot(place.x(), place.y() - 6), new Spot(place.x() + 24, place.y() + 6), key.look(), "");
    canvas.text(new Spot(place.x() + 30, place.y() + 4), key.label(), Anchor.START, Ink.TEXT, SMALL, false);
  }

  private void paintBox(Spot corner, Spot opposite, Look look, String hint) {
    canvas.box(corner, opposite, look.ink(), look.fill() == Fill.SOLID, hint);
    if (look.fill() == Fill.HATCHED) {
      hatch(corner, opposite, look.ink());
    }
  }

  /** Slanted lines, cut off at the edges: no canvas needs to know patterns. */
  private void hatch(Spot corner, Spot opposite, Ink ink) {
    double width = opposite.x() - corner.x();
    double height = opposite.y() - corner.y();
    for (double along = HATCH_GAP; along < width + height; along += HATCH_GAP) {
      double fromRight = Math.max(0, along - height);
      double toRight = Math.min(width, along);
      canvas.line(new Spot(corner.x() + fromRight, opposite.y() - (along - fromRight)),
          new Spot(corner.x() + toRight, opposite.y() - (along - toRight)), ink, Pattern.SOLID, 1.2);
    }
  }
}
