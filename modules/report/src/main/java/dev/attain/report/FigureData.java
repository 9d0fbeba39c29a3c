package dev.attain.report;

import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Level;
import dev.attain.report.Chart.Mark;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Scale;
import dev.attain.report.Chart.Series;
import dev.attain.report.Chart.Upright;
import dev.attain.report.Lanes.Stretch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the page's script needs to draw a figure again, on other axes or without some of its curves, as JSON. Curves and
 * entries of legends are in the order in which they are painted.
 */
final class FigureData {
  private FigureData() {}

  /** Empty for figures that nothing can be done with. */
  static Optional<String> of(Figure figure) {
    return switch (figure) {
      case Chart chart -> {
        Panel panel = Panel.of(chart, ChartPainter.AREA);
        String unit = chart.guides().across() == Chart.Across.LOG_SECONDS ? "seconds" : "count";
        yield Optional.of(figure(axis(panel.x(), unit), List.of(panel), List.of(chart.keys()),
            chart.guides().uprights(), List.of()));
      }
      case Lanes lanes -> {
        List<Panel> panels = LanesPainter.panels(lanes);
        yield Optional.of(figure(axis(panels.getFirst().x(), "count"), panels,
            IntStream.range(0, panels.size())
                .mapToObj(lane -> panels.get(lane).empty() ? List.<LegendKey>of() : lanes.lanes().get(lane).keys())
                .toList(),
            List.of(), lanes.stretches()));
      }
      case RankingChart ranking -> Optional.empty();
      case StackedBars bars -> Optional.empty();
    };
  }

  private static String figure(String x, List<Panel> panels, List<List<LegendKey>> keys, List<Upright> uprights,
      List<Stretch> stretches) {
    return Json.object("x", x, "panels", Json.array(panels.stream().map(FigureData::panel)), "keys",
        Json.array(IntStream.range(0, keys.size()).boxed()
            .flatMap(panel -> keys.get(panel).stream().map(key -> key(key, panel)))),
        "uprights", Json.array(uprights.stream().map(it -> Json.object("x", Json.number(it.x()), "ink",
            Json.string(it.ink().name), "label", Json.string(it.label())))),
        "stretches", Json.array(stretches.stream().map(it -> Json.object("from", Json.number(it.from()), "to",
            Json.number(it.to()), "label", Json.string(it.label())))));
  }

  private static String panel(Panel panel) {
    return Json.object("top", Json.number(panel.area().top()), "bottom", Json.number(panel.area().bottom()), "y",
        axis(panel.y(), unit(panel.scale())), "levels", Json.array(panel.levels().stream().map(FigureData::level)),
        "curves", Json.array(panel.series().stream().map(FigureData::curve)));
  }

  private static String unit(Scale scale) {
    return switch (scale) {
      case SHARE -> "share";
      case LOG_SECONDS -> "seconds";
      case COUNT -> "count";
    };
  }

  private static String axis(Axis axis, String unit) {
    return Json.object("lowest", Json.number(axis.lowest()), "highest", Json.number(axis.highest()), "from",
        Json.number(axis.from()), "to", Json.number(axis.to()), "log", String.valueOf(axis.logarithmic()), "unit",
        Json.string(unit));
  }

  private static String level(Level level) {
    return Json.object("y", Json.number(level.y()), "label", Json.string(level.label()));
  }

  private static String key(LegendKey key, int panel) {
    return Json.object("panel", String.valueOf(panel), "ink", Json.string(key.ink().name), "pattern",
        word(key.pattern()), "mark", word(key.mark()));
  }

  private static String curve(Series series) {
    List<Sample> samples = series.samples();
    boolean intervals = series.mark() != Mark.NONE && samples.stream().anyMatch(it -> it.high() > it.low());
    boolean hints = samples.stream().anyMatch(it -> !it.hint().isEmpty());
    return Json.object("label", Json.string(series.label()), "ink", Json.string(series.ink().name), "pattern",
        word(series.pattern()), "mark", word(series.mark()), "values",
        Json.array(samples.stream().flatMap(it -> Stream.of(Json.number(it.x()), Json.number(it.y())))), "intervals",
        Json.array((intervals ? samples : List.<Sample>of()).stream()
            .flatMap(it -> Stream.of(Json.number(it.low()), Json.number(it.high())))),
        "doubted", Json.array(IntStream.range(0, samples.size()).filter(it -> !samples.get(it).believed())
            .mapToObj(String::valueOf)),
        "hints", Json.array((hints ? samples : List.<Sample>of()).stream().map(it -> Json.string(it.hint()))));
  }

  private static String word(Enum<?> value) {
    return Json.string(value.name().toLowerCase(Locale.ROOT));
  }
}
