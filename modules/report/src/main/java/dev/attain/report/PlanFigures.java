package dev.attain.report;

import dev.attain.report.Chart.LegendKey;
import dev.attain.report.Chart.Level;
import dev.attain.report.Chart.Mark;
import dev.attain.report.Chart.Pattern;
import dev.attain.report.Chart.Sample;
import dev.attain.report.Chart.Scale;
import dev.attain.report.Chart.Series;
import dev.attain.results.PlanSummary;
import dev.attain.results.PlanSummary.AttainmentCurve;
import dev.attain.results.RankedDeployment;
import java.util.ArrayList;
import java.util.List;

/** The pictures of a plan: its ranking, and attainment over the rate of the best. */
final class PlanFigures {
  private static final int MOST_ROWS = 60;
  private static final List<Ink> INKS = List.of(Ink.RED, Ink.BLUE, Ink.GREEN, Ink.ORANGE, Ink.VIOLET, Ink.TEAL);

  private PlanFigures() {}

  static RankingChart ranking(PlanSummary plan) {
    return new RankingChart("ranking", "Highest rate for each GPU at the objectives, simulated",
        "requests/s per GPU, 95 % interval", plan.ranking().stream().limit(MOST_ROWS).map(PlanFigures::row).toList(),
        List.of("red: colocated, blue: disaggregated", "filled: cannot be told apart from the first"));
  }

  private static RankingChart.Row row(RankedDeployment ranked) {
    var rate = ranked.maxRatePerGpu();
    return new RankingChart.Row(ranked.deployment().name(), ranked.deployment().disaggregated() ? Ink.BLUE : Ink.RED,
        rate.mean(), rate.low(), rate.high(), ranked.likeTheBest(),
        ranked.deployment().name() + ": " + PlanPage.rate(rate));
  }

  static Chart attainment(PlanSummary plan) {
    var series = new ArrayList<Series>();
    var keys = new ArrayList<LegendKey>();
    for (AttainmentCurve curve : plan.curves()) {
      Ink ink = INKS.get(series.size() % INKS.size());
      series.add(new Series(curve.deployment(), ink, Pattern.SOLID, curve.points().stream()
          .map(point -> new Sample(point.rate() / curve.gpus(), point.both(), point.low(), point.high(), true,
              curve.deployment() + " at " + Numbers.plain(point.rate()) + " requests/s: "
                  + Numbers.percent(point.both())))
          .toList()));
      keys.add(new LegendKey(curve.deployment(), ink, Pattern.SOLID, Mark.FILLED));
    }
    double target = plan.objectives().target();
    return new Chart("attainment-over-rate", "SLO attainment over rate, simulated", "requests/s per GPU", Scale.SHARE,
        series, List.of(new Level(target, Numbers.plain(target * 100) + " %")), keys);
  }
}
