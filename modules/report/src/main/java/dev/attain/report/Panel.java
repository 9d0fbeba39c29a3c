package dev.attain.report;

import dev.attain.report.Axis.Tick;
import dev.attain.report.Chart.Guides;
import dev.attain.report.Chart.Level;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Scale;
import dev.attain.report.Chart.Series;
import dev.attain.report.Chart.Upright;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Curves with the axes that they are drawn on. */
record Panel(Area area, Axis x, Axis y, Scale scale, List<Series> series, List<Level> levels) {
  private static final double ABOVE = 1.06;
  /** A panel less high than this has room for three labels. */
  private static final double LOW = 120;

  static Panel of(Chart chart, Area area) {
    Axis x = horizontal(chart.series(), chart.guides(), area);
    return new Panel(area, x, vertical(chart.scale(), chart.series(), chart.levels(), area), chart.scale(),
        chart.series(), chart.levels());
  }

  static Axis vertical(Scale scale, List<Series> series, List<Level> levels, Area area) {
    boolean low = low(area);
    return switch (scale) {
      case SHARE -> new Axis(0, ABOVE, area.bottom(), area.top(), false,
          DoubleStream.of(low ? new double[]{0, 0.5, 1} : new double[]{0, 0.2, 0.4, 0.6, 0.8, 1})
              .mapToObj(share -> new Tick(share, Math.round(share * 100) + " %")).toList());
      case LOG_SECONDS -> {
        double[] values = values(series, levels).filter(value -> value > 0).toArray();
        yield Axis.logarithmic(DoubleStream.of(values).min().orElse(0.01), DoubleStream.of(values).max().orElse(1),
            area.bottom(), area.top(), Numbers::seconds);
      }
      case COUNT -> Axis.linear(
          ABOVE
              * DoubleStream.concat(values(series, levels), samples(series).mapToDouble(Sample::high)).max().orElse(1),
          area.bottom(), area.top(), low ? 2 : Axis.WANTED_TICKS, Numbers::plain);
    };
  }

  private static Axis horizontal(List<Series> series, Guides guides, Area area) {
    double highest = samples(series).mapToDouble(Sample::x).max().orElse(1);
    return switch (guides.across()) {
      case FROM_ZERO -> Axis.linear(ABOVE * highest, area.left(), area.right(), Numbers::plain);
      case DESCENDING -> Axis.between(samples(series).mapToDouble(Sample::x).min().orElse(0), highest, area.right(),
          area.left(), Numbers::plain);
      case LOG_SECONDS -> {
        double[] marked = DoubleStream.concat(samples(series).mapToDouble(Sample::x),
            guides.uprights().stream().mapToDouble(Upright::x)).filter(value -> value > 0).toArray();
        yield Axis.logarithmic(DoubleStream.of(marked).min().orElse(1e-3), DoubleStream.of(marked).max().orElse(1),
            area.left(), area.right(), Numbers::seconds);
      }
    };
  }

  private static boolean low(Area area) {
    return area.bottom() - area.top() < LOW;
  }

  /** Whether there is little room between its curves. */
  boolean low() {
    return low(area);
  }

  boolean empty() {
    return samples(series).findAny().isEmpty();
  }

  private static DoubleStream values(List<Series> series, List<Level> levels) {
    return DoubleStream.concat(samples(series).mapToDouble(Sample::y), levels.stream().mapToDouble(Level::y));
  }

  private static Stream<Sample> samples(List<Series> series) {
    return series.stream().flatMap(it -> it.samples().stream());
  }
}
