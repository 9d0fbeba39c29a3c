package dev.attain.report;

import dev.attain.report.Canvas.Anchor;
import dev.attain.report.Canvas.Spot;
import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Chart.Upright;
import java.util.List;

/** Draws a line chart, and the frame that all charts share; the same on every canvas. */
final class ChartPainter {
  static final double WIDTH = 480;
  static final Area AREA = new Area(54, 468, 34, 290);
  static final double LEGEND_TOP = 344;
  private static final double TITLE = 14;
  private static final double GUIDE_LINE = 17;

  private final Chart chart;
  private final Canvas canvas;
  private final Panel panel;

  private ChartPainter(Chart chart, Canvas canvas) {
    this.chart = chart;
    this.canvas = canvas;
    this.panel = Panel.of(chart, AREA);
  }

  static void paint(Chart chart, Canvas canvas) {
    new ChartPainter(chart, canvas).paint();
  }

  /** Of a chart with so many entries in its legend. */
  static double height(int keys) {
    return LEGEND_TOP + Legend.height(keys) - 8;
  }

  /** Of a chart with these entries. */
  static double height(List<LegendKey> keys) {
    return LEGEND_TOP + Legend.height(keys) - 8;
  }

  private void paint() {
    paintFrame(canvas, chart.title(), chart.horizontal(), panel.y());
    var curves = new PanelPainter(panel, canvas);
    curves.paintHorizontal();
    curves.paintCurves("nothing measured");
    paintGuides();
    Legend.paint(canvas, chart.keys(), LEGEND_TOP);
  }

  /** Labels of vertical lines go up step by step, so that lines close to each other can be told apart. */
  private void paintGuides() {
    double height = AREA.bottom() - 10;
    for (Upright upright : chart.guides().uprights()) {
      double label = height;
      canvas.group("upright", () -> paintUpright(upright, label));
      height -= GUIDE_LINE;
    }
    for (String remark : chart.guides().remarks()) {
      canvas.text(new Spot(AREA.left() + 8, height - 4), remark, Anchor.START, Ink.TEXT, PanelPainter.SMALL, true);
      height -= GUIDE_LINE;
    }
  }

  private void paintUpright(Upright upright, double height) {
    double across = panel.x().place(upright.x());
    boolean room = across < AREA.middle();
    canvas.line(new Spot(across, AREA.top()), new Spot(across, AREA.bottom()), upright.ink(), Pattern.DASHED, 1.2);
    canvas.text(new Spot(across + (room ? 5 : -5), height), upright.label(), room ? Anchor.START : Anchor.END,
        upright.ink(), PanelPainter.SMALL, true);
  }

  /** Titles, the vertical axis with its grid, and the base line. */
  static void paintFrame(Canvas canvas, String title, String horizontal, Axis y) {
    canvas.text(new Spot(4, 18), title, Anchor.START, Ink.TEXT, TITLE, true);
    PanelPainter.paintVertical(canvas, AREA, y);
    canvas.text(new Spot(AREA.middle(), AREA.bottom() + 36), horizontal, Anchor.MIDDLE, Ink.TEXT, PanelPainter.SMALL,
        false);
  }
}
