package dev.attain.report;

import dev.attain.report.Axis.Tick;
import dev.attain.report.Canvas.Anchor;
import dev.attain.report.Canvas.Spot;
import dev.attain.report.Chart.Level;
import dev.attain.report.Chart.Mark;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Series;
import java.util.List;

/** Draws the axes, levels and curves of a panel; the same on every canvas, and as the page's script does after a zoom. */
final class PanelPainter {
  static final double SMALL = 12.5;
  static final double MARKER = 3.6;
  private static final double CAP = 4;

  private final Panel panel;
  private final Canvas canvas;

  PanelPainter(Panel panel, Canvas canvas) {
    this.panel = panel;
    this.canvas = canvas;
  }

  /** The vertical axis with its grid, and the base line. */
  static void paintVertical(Canvas canvas, Area area, Axis y) {
    canvas.group("y", () -> y.ticks().forEach(tick -> {
      double height = y.place(tick.value());
      canvas.line(new Spot(area.left(), height), new Spot(area.right(), height), Ink.GRID, Pattern.SOLID, 1);
      canvas.text(new Spot(area.left() - 6, height + 4), tick.label(), Anchor.END, Ink.MUTED, SMALL, false);
    }));
    canvas.line(new Spot(area.left(), area.bottom()), new Spot(area.right(), area.bottom()), Ink.MUTED, Pattern.SOLID,
        1);
  }

  void paintHorizontal() {
    double bottom = panel.area().bottom();
    canvas.group("x", () -> {
      for (Tick tick : panel.x().ticks()) {
        double across = panel.x().place(tick.value());
        canvas.line(new Spot(across, bottom), new Spot(across, bottom + 4), Ink.MUTED, Pattern.SOLID, 1);
        canvas.text(new Spot(across, bottom + 18), tick.label(), Anchor.MIDDLE, Ink.MUTED, SMALL, false);
      }
    });
  }

  void paintCurves(String missing) {
    panel.levels().forEach(level -> canvas.group("level", () -> paintLevel(level)));
    if (panel.empty()) {
      canvas.text(new Spot(panel.area().middle(), (panel.area().top() + panel.area().bottom()) / 2), missing,
          Anchor.MIDDLE, Ink.MUTED, SMALL, false);
    }
    panel.series().forEach(series -> canvas.group("curve", () -> paintSeries(series)));
  }

  private void paintLevel(Level level) {
    double height = panel.y().place(level.y());
    canvas.line(new Spot(panel.area().left(), height), new Spot(panel.area().right(), height), Ink.LEVEL,
        Pattern.DASHED, 1.2);
    double label = height + (panel.low() ? 12 : -4);
    canvas.text(new Spot(panel.area().left() + 4, label), level.label(), Anchor.START, Ink.MUTED, SMALL - 1,
        false);
  }

  private void paintSeries(Series series) {
    List<Spot> line = series.believed().stream().map(this::spot).toList();
    if (line.size() > 1) {
      canvas.path(line, series.ink(), series.pattern(), series.pattern() == Pattern.SOLID ? 2.2 : 1.6);
    }
    if (series.mark() == Mark.NONE) {
      return;
    }
    for (Sample sample : series.samples()) {
      if (sample.high() > sample.low()) {
        paintInterval(sample, series.ink());
      }
      double radius = series.pattern() == Pattern.SOLID ? MARKER : MARKER - 1;
      canvas.marker(spot(sample), radius, series.ink(), sample.believed() && series.mark() == Mark.FILLED,
          sample.hint());
    }
  }

  private void paintInterval(Sample sample, Ink ink) {
    double across = panel.x().place(sample.x());
    for (double end : new double[]{sample.low(), sample.high()}) {
      double height = panel.y().place(end);
      canvas.line(new Spot(across - CAP, height), new Spot(across + CAP, height), ink, Pattern.SOLID, 1.2);
    }
    canvas.line(new Spot(across, panel.y().place(sample.low())), new Spot(across, panel.y().place(sample.high())), ink,
        Pattern.SOLID, 1.2);
  }

  private Spot spot(Sample sample) {
    return new Spot(panel.x().place(sample.x()), panel.y().place(sample.y()));
  }
}
