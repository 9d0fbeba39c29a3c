package dev.attain.report;

import dev.attain.report.Canvas.Anchor;
import dev.attain.report.Canvas.Spot;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Lanes.Lane;
import dev.attain.report.Lanes.Stretch;
import java.util.ArrayList;
import java.util.List;

/** Draws lanes on their common axis. */
final class LanesPainter {
  private static final double FIRST = 44;
  private static final double TITLE_ROOM = 20;
  private static final double LANE = 74;
  private static final double GAP = 10;
  private static final double BELOW = 46;
  private static final double LETTER = 6;

  private final Lanes lanes;
  private final Canvas canvas;
  private final List<Panel> panels;

  private LanesPainter(Lanes lanes, Canvas canvas) {
    this.lanes = lanes;
    this.canvas = canvas;
    this.panels = panels(lanes);
  }

  static void paint(Lanes lanes, Canvas canvas) {
    new LanesPainter(lanes, canvas).paint();
  }

  static double height(int lanes) {
    return top(lanes) - TITLE_ROOM - GAP + BELOW;
  }

  private static double top(int lane) {
    return FIRST + TITLE_ROOM + lane * (LANE + GAP + TITLE_ROOM);
  }

  static List<Panel> panels(Lanes lanes) {
    double end = lanes.stretches().isEmpty() ? 1 : lanes.stretches().getLast().to();
    var panels = new ArrayList<Panel>();
    for (Lane lane : lanes.lanes()) {
      double top = top(panels.size());
      var area = new Area(ChartPainter.AREA.left(), ChartPainter.AREA.right(), top, top + LANE);
      panels.add(new Panel(area, Axis.linear(end, area.left(), area.right(), Numbers::plain),
          Panel.vertical(lane.scale(), lane.series(), lane.levels(), area), lane.scale(), lane.series(),
          lane.levels()));
    }
    return panels;
  }

  private void paint() {
    canvas.text(new Spot(4, 18), lanes.title(), Anchor.START, Ink.TEXT, 14, true);
    canvas.group("stretches", this::paintStretches);
    for (int number = 0; number < panels.size(); number++) {
      paintLane(lanes.lanes().get(number), panels.get(number));
    }
    Panel last = panels.getLast();
    new PanelPainter(last, canvas).paintHorizontal();
    canvas.text(new Spot(last.area().middle(), last.area().bottom() + 36), lanes.horizontal(), Anchor.MIDDLE, Ink.TEXT,
        PanelPainter.SMALL, false);
  }

  private void paintLane(Lane lane, Panel panel) {
    double line = panel.area().top() - 6;
    canvas.text(new Spot(4, line), lane.title(), Anchor.START, Ink.TEXT, PanelPainter.SMALL, true);
    PanelPainter.paintVertical(canvas, panel.area(), panel.y());
    new PanelPainter(panel, canvas).paintCurves(lane.missing());
    if (!panel.empty()) {
      Legend.paintBefore(canvas, lane.keys(), new Spot(panel.area().right() + 10, line - 4));
    }
  }

  /** A line where one begins, and its label where there is room for it. */
  private void paintStretches() {
    Axis x = panels.getFirst().x();
    double free = 0;
    for (Stretch stretch : lanes.stretches()) {
      double from = x.place(stretch.from());
      canvas.line(new Spot(from, FIRST - 6), new Spot(from, panels.getLast().area().bottom()), Ink.GRID, Pattern.SOLID,
          1.2);
      if (from >= free) {
        canvas.text(new Spot(from + 3, FIRST - 6), stretch.label(), Anchor.START, Ink.MUTED, PanelPainter.SMALL - 1,
            false);
        free = from + 8 + LETTER * stretch.label().length();
      }
    }
  }
}
