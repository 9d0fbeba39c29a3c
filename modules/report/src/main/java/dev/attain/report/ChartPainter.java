package dev.attain.report;

import dev.attain.report.Axis.Tick;
import dev.attain.report.Canvas.Anchor;
import dev.attain.report.Canvas.Spot;
import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Level;
import dev.attain.report.Chart.Mark;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Series;
import dev.attain.report.Chart.Upright;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Draws a line chart, and the frame that all charts share; the same on every canvas. */
final class ChartPainter {
  static final double WIDTH = 480;
  static final double LEFT = 54;
  static final double RIGHT = 468;
  static final double TOP = 34;
  static final double BOTTOM = 290;
  private static final double LEGEND_TOP = 344;
  private static final double LEGEND_LINE = 20;
  // An entry's line with its gaps, and about how wide a letter is.
  private static final double KEY_ROOM = 40;
  private static final double LETTER = 6.2;
  private static final int LEGEND_COLUMNS = 3;
  static final double SMALL = 12.5;
  private static final double TITLE = 14;
  private static final double MARKER = 3.6;
  private static final double GUIDE_LINE = 17;

  private final Chart chart;
  private final Canvas canvas;
  private final Axis x;
  private final Axis y;

  private ChartPainter(Chart chart, Canvas canvas) {
    this.chart = chart;
    this.canvas = canvas;
    this.x = horizontal();
    this.y = switch (chart.scale()) {
      case SHARE -> new Axis(0, 1.06, BOTTOM, TOP, false, DoubleStream.of(0, 0.2, 0.4, 0.6, 0.8, 1)
          .mapToObj(share -> new Tick(share, Math.round(share * 100) + " %")).toList());
      case LOG_SECONDS -> secondsAxis();
      case COUNT ->
        Axis.linear(1.06 * DoubleStream.concat(values(), samples().mapToDouble(Sample::high)).max().orElse(1),
            BOTTOM, TOP, Numbers::plain);
    };
  }

  static void paint(Chart chart, Canvas canvas) {
    new ChartPainter(chart, canvas).paint();
  }

  /** Of a chart with so many entries in its legend. */
  static double height(int keys) {
    return height(keys, LEGEND_COLUMNS);
  }

  private static double height(int keys, int columns) {
    return LEGEND_TOP + Math.ceilDiv(keys, columns) * LEGEND_LINE - 8;
  }

  /** Of a chart with these entries. */
  static double height(List<LegendKey> keys) {
    return height(keys.size(), columns(keys));
  }

  /** Fewer columns for entries that would not fit beside each other. */
  private static int columns(List<LegendKey> keys) {
    int longest = keys.stream().mapToInt(key -> key.label().length()).max().orElse(0);
    return (int) Math.clamp(WIDTH / (KEY_ROOM + LETTER * longest), 1, LEGEND_COLUMNS);
  }

  private void paint() {
    paintFrame(canvas, chart.title(), chart.horizontal(), y);
    paintHorizontalTicks();
    chart.levels().forEach(this::paintLevel);
    if (samples().findAny().isEmpty()) {
      canvas.text(new Spot((LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2), "nothing measured", Anchor.MIDDLE, Ink.MUTED, TITLE,
          false);
    }
    chart.series().forEach(this::paintSeries);
    paintGuides();
    for (int number = 0; number < chart.keys().size(); number++) {
      paintKey(chart.keys().get(number), number);
    }
  }

  private Axis horizontal() {
    double highest = samples().mapToDouble(Sample::x).max().orElse(1);
    return chart.guides().descending()
        ? Axis.between(samples().mapToDouble(Sample::x).min().orElse(0), highest, RIGHT, LEFT, Numbers::plain)
        : Axis.linear(1.06 * highest, LEFT, RIGHT, Numbers::plain);
  }

  /** Labels of vertical lines go up step by step, so that lines close to each other can be told apart. */
  private void paintGuides() {
    double height = BOTTOM - 10;
    for (Upright upright : chart.guides().uprights()) {
      double across = x.place(upright.x());
      boolean room = across < (LEFT + RIGHT) / 2;
      canvas.line(new Spot(across, TOP), new Spot(across, BOTTOM), upright.ink(), Pattern.DASHED, 1.2);
      canvas.text(new Spot(across + (room ? 5 : -5), height), upright.label(), room ? Anchor.START : Anchor.END,
          upright.ink(), SMALL, true);
      height -= GUIDE_LINE;
    }
    for (String remark : chart.guides().remarks()) {
      canvas.text(new Spot(LEFT + 8, height - 4), remark, Anchor.START, Ink.TEXT, SMALL, true);
      height -= GUIDE_LINE;
    }
  }

  /** Titles, the vertical axis with its grid, and the base line. */
  static void paintFrame(Canvas canvas, String title, String horizontal, Axis y) {
    canvas.text(new Spot(4, 18), title, Anchor.START, Ink.TEXT, TITLE, true);
    for (Tick tick : y.ticks()) {
      double height = y.place(tick.value());
      canvas.line(new Spot(LEFT, height), new Spot(RIGHT, height), Ink.GRID, Pattern.SOLID, 1);
      canvas.text(new Spot(LEFT - 6, height + 4), tick.label(), Anchor.END, Ink.MUTED, SMALL, false);
    }
    canvas.line(new Spot(LEFT, BOTTOM), new Spot(RIGHT, BOTTOM), Ink.MUTED, Pattern.SOLID, 1);
    canvas.text(new Spot((LEFT + RIGHT) / 2, BOTTOM + 36), horizontal, Anchor.MIDDLE, Ink.TEXT, SMALL, false);
  }

  private void paintHorizontalTicks() {
    for (Tick tick : x.ticks()) {
      double across = x.place(tick.value());
      canvas.line(new Spot(across, BOTTOM), new Spot(across, BOTTOM + 4), Ink.MUTED, Pattern.SOLID, 1);
      canvas.text(new Spot(across, BOTTOM + 18), tick.label(), Anchor.MIDDLE, Ink.MUTED, SMALL, false);
    }
  }

  private void paintLevel(Level level) {
    double height = y.place(level.y());
    canvas.line(new Spot(LEFT, height), new Spot(RIGHT, height), Ink.LEVEL, Pattern.DASHED, 1.2);
    canvas.text(new Spot(LEFT + 4, height - 4), level.label(), Anchor.START, Ink.MUTED, SMALL - 1, false);
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
    double across = x.place(sample.x());
    for (double end : new double[]{sample.low(), sample.high()}) {
      canvas.line(new Spot(across - 4, y.place(end)), new Spot(across + 4, y.place(end)), ink, Pattern.SOLID, 1.2);
    }
    canvas.line(new Spot(across, y.place(sample.low())), new Spot(across, y.place(sample.high())), ink, Pattern.SOLID,
        1.2);
  }

  /** Where an entry of the legend begins, at the middle of its line. */
  static Spot keyPlace(int number) {
    return keyPlace(number, LEGEND_COLUMNS);
  }

  private static Spot keyPlace(int number, int columns) {
    int line = number / columns;
    return new Spot(6 + number % columns * (WIDTH - 6) / columns, LEGEND_TOP + line * LEGEND_LINE);
  }

  private void paintKey(LegendKey key, int number) {
    Spot place = keyPlace(number, columns(chart.keys()));
    double left = place.x();
    double height = place.y();
    if (key.mark() != Mark.HOLLOW) {
      canvas.line(new Spot(left, height), new Spot(left + 28, height), key.ink(), key.pattern(), 2);
    }
    if (key.mark() != Mark.NONE) {
      canvas.marker(new Spot(left + 14, height), MARKER, key.ink(), key.mark() == Mark.FILLED, "");
    }
    canvas.text(new Spot(left + 34, height + 4), key.label(), Anchor.START, Ink.TEXT, SMALL, false);
  }

  private Axis secondsAxis() {
    double lowest = values().min().orElse(0.01);
    double highest = values().max().orElse(1);
    return Axis.logarithmic(lowest, highest, BOTTOM, TOP, Numbers::seconds);
  }

  private DoubleStream values() {
    return DoubleStream.concat(samples().mapToDouble(Sample::y), chart.levels().stream().mapToDouble(Level::y))
        .filter(value -> value > 0);
  }

  private Stream<Sample> samples() {
    return chart.series().stream().flatMap(series -> series.samples().stream());
  }

  private Spot spot(Sample sample) {
    return new Spot(x.place(sample.x()), y.place(sample.y()));
  }
}
