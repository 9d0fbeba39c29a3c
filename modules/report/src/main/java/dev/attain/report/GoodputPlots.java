package dev.attain.report;

import dev.attain.report.Chart.Across;
import dev.attain.report.Chart.Guides;
import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Level;
import dev.attain.report.Chart.Mark;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Scale;
import dev.attain.report.Chart.Series;
import dev.attain.report.Chart.Upright;
import dev.attain.report.Side.Resampled;
import dev.attain.results.Objectives;
import dev.attain.statistics.AttainmentCurve;
import dev.attain.statistics.Crossing;
import dev.attain.statistics.ShareDifference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Attainment over the rate and over the SLO scale in the style of DistServe's Figure 9: both objectives solid, TTFT only
 * dotted, TPOT only dashed, the target grey, a vertical line where the solid curve crosses it, and tighter objectives
 * further right. The second one needs a single run: requests are judged again at each scale.
 */
final class GoodputPlots {
  private static final double TIGHTEST = 0.4;
  private static final double LOOSEST = 1.6;
  private static final double FAR = 10;
  private static final int SCALES = 13;

  private final List<Side> sides;
  private final Side base;
  private final Objectives slo;
  private final String unit;
  private final List<Ink> inks;

  /**
   * @param base the side that improvements are relative to
   * @param unit of rates
   */
  GoodputPlots(List<Side> sides, Side base, Objectives slo, String unit) {
    this.sides = sides;
    this.base = base;
    this.slo = slo;
    this.unit = unit;
    this.inks = Palette.inOrder(sides.stream().map(side -> side.contender().deployment()).toList());
  }

  /** Over the rate, and over the scale where there is a rate that all have. */
  List<Chart> charts() {
    var charts = new ArrayList<Chart>(List.of(overRate()));
    overScale().ifPresent(charts::add);
    return charts;
  }

  /** Empty without a rate that all have. */
  Optional<Chart> overScale() {
    NavigableSet<Double> common = new TreeSet<>(base.loads().keySet());
    sides.forEach(side -> common.retainAll(side.loads().keySet()));
    return common.isEmpty() ? Optional.empty() : Optional.of(overScale(telling(common)));
  }

  private Chart overRate() {
    List<Crossing> crossings = sides.stream().map(side -> side.max().linear()).toList();
    List<Series> series = series(
        (side, limits) -> side.loads().values().stream()
            .map(load -> sample(side, load.load().rate() / side.divisor(), share(load, limits))).toList());
    return chart("goodput-over-rate", "SLO attainment over rate", "rate (" + unit + ")", series,
        guides(crossings, Crossing::low, (mine, its) -> mine / its, Across.FROM_ZERO));
  }

  private Chart overScale(double rate) {
    double[] scales = scales(rate);
    List<Crossing> crossings = sides.stream().map(side -> crossing(side.loads().get(rate), scales)).toList();
    List<Series> series = series((side, limits) -> DoubleStream.of(scales)
        .mapToObj(scale -> sample(side, scale, share(side.loads().get(rate), limits.times(scale)))).toList());
    return chart("goodput-over-slo-scale", "SLO attainment over SLO scale, " + Numbers.exact(rate) + " req/s",
        "SLO scale (1 = TTFT " + Numbers.seconds(slo.ttft()) + ", TPOT " + Numbers.seconds(slo.tpot()) + ")", series,
        guides(crossings, crossing -> -crossing.low(), (mine, its) -> its / mine, Across.DESCENDING));
  }

  /** Of the rates that all have, the one closest to where the first side misses: there scales say most. */
  private double telling(NavigableSet<Double> rates) {
    double first = sides.stream()
        .mapToDouble(
            side -> side.divisor() * Math.min(side.max().linear().high(), side.loads().lastKey() / side.divisor()))
        .min().orElseThrow();
    return rates.stream().min((one, other) -> Double.compare(Math.abs(one - first), Math.abs(other - first)))
        .orElseThrow();
  }

  /** From loose to tight, around where the sides cross the target. */
  private double[] scales(double rate) {
    double[] needed = sides.stream().mapToDouble(side -> needed(side.loads().get(rate)))
        .filter(scale -> scale < FAR && scale > 0).toArray();
    double tightest = Math.min(TIGHTEST, 0.8 * DoubleStream.of(needed).min().orElse(TIGHTEST));
    double loosest = Math.max(LOOSEST, 1.2 * DoubleStream.of(needed).max().orElse(LOOSEST));
    return IntStream.range(0, SCALES)
        .mapToDouble(number -> loosest - number * (loosest - tightest) / (SCALES - 1)).toArray();
  }

  /** The scale at which just enough requests meet both objectives. */
  private double needed(Resampled load) {
    double[] required = load.load().requests().requiredScales(slo.ttft(), slo.tpot());
    Arrays.sort(required);
    return required[Math.max(0, (int) Math.ceil(slo.target() * required.length) - 1)];
  }

  /** Harder is further right, so that the curve's load is the scale with its sign reversed. */
  private Crossing crossing(Resampled load, double[] scales) {
    var both = new Limits(slo.ttft(), slo.tpot());
    return new AttainmentCurve(DoubleStream.of(scales).mapToObj(
        scale -> new AttainmentCurve.Sample(-scale, share(load, both.times(scale)), load.met().length)).toList())
        .crossing(slo.target());
  }

  /** Seconds that a request may take; infinite where an objective is left out. */
  private record Limits(double ttft, double tpot) {
    Limits times(double scale) {
      return new Limits(ttft * scale, tpot * scale);
    }
  }

  /** The curve of one side within limits. */
  private interface Curve {
    List<Sample> of(Side side, Limits limits);
  }

  /** What one side's crossing is in units of another's. */
  private interface Improvement {
    double of(double mine, double its);
  }

  private List<Series> series(Curve curve) {
    double never = Double.POSITIVE_INFINITY;
    var series = new ArrayList<Series>();
    for (int number = 0; number < sides.size(); number++) {
      Side side = sides.get(number);
      Ink ink = inks.get(number);
      series.add(new Series(side.label() + ", TTFT only", ink, Pattern.DOTTED,
          curve.of(side, new Limits(slo.ttft(), never)), mark(number)));
      series.add(new Series(side.label() + ", TPOT only", ink, Pattern.DASHED,
          curve.of(side, new Limits(never, slo.tpot())), mark(number)));
      series.add(new Series(side.label(), ink, Pattern.SOLID, curve.of(side, new Limits(slo.ttft(), slo.tpot())),
          mark(number)));
    }
    return series;
  }

  private Guides guides(List<Crossing> crossings, Function<Crossing, Double> place, Improvement improvement,
      Across across) {
    var uprights = new ArrayList<Upright>();
    var remarks = new ArrayList<String>();
    Crossing its = crossings.get(sides.indexOf(base));
    for (int number = 0; number < sides.size(); number++) {
      Side side = sides.get(number);
      if (!(crossings.get(number) instanceof Crossing.At at)) {
        continue;
      }
      double mine = place.apply(at);
      boolean improved = !side.label().equals(base.label()) && its instanceof Crossing.At;
      String factor = improved ? Numbers.twoDecimals(improvement.of(mine, place.apply(its))) + "x" : "";
      // Of two there is one improvement; of more each is told by its own line.
      boolean beside = improved && sides.size() > 2;
      uprights.add(new Upright(mine, inks.get(number), Numbers.plain(mine) + (beside ? " (" + factor + ")" : "")));
      if (improved && !beside) {
        remarks.add("improvement " + factor);
      }
    }
    return new Guides(uprights, across, remarks);
  }

  private Chart chart(String name, String title, String horizontal, List<Series> series, Guides guides) {
    var keys = new ArrayList<LegendKey>();
    keys.add(new LegendKey("both objectives", Ink.MUTED, Pattern.SOLID, Mark.NONE));
    keys.add(new LegendKey("TTFT only", Ink.MUTED, Pattern.DOTTED, Mark.NONE));
    keys.add(new LegendKey("TPOT only", Ink.MUTED, Pattern.DASHED, Mark.NONE));
    for (int number = 0; number < sides.size(); number++) {
      keys.add(new LegendKey(sides.get(number).label(), inks.get(number), Pattern.SOLID, mark(number)));
    }
    return new Chart(name, title, horizontal, Scale.SHARE, series,
        List.of(new Level(slo.target(), Numbers.plain(slo.target() * 100) + " %")), keys, guides);
  }

  /** Neighbours differ on a grey printer too. */
  private static Mark mark(int number) {
    return number % 2 == 0 ? Mark.FILLED : Mark.OPEN;
  }

  private static double share(Resampled load, Limits limits) {
    return ShareDifference.share(load.load().requests().met(limits.ttft(), limits.tpot()));
  }

  private static Sample sample(Side side, double x, double share) {
    return new Sample(x, share, share, share, true,
        side.label() + " at " + Numbers.plain(x) + ": " + Numbers.percent(share));
  }
}
