package dev.attain.report;

import dev.attain.report.Side.Resampled;
import dev.attain.results.RequestTimes;
import dev.attain.statistics.Crossing;
import dev.attain.statistics.Estimate;
import dev.attain.statistics.McNemar;
import dev.attain.statistics.MovingBlocks;
import dev.attain.statistics.ShareDifference;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The figures behind the answer of a comparison. */
final class ComparisonTables {
  private static final double[] SHARES = {0.5, 0.9, 0.99};

  private ComparisonTables() {}

  /** The highest rate of each side. */
  static Table rates(List<Side> sides, String unit) {
    var table = Table.titled("deployment", "#GPUs", "#sustains " + unit, "#95 %", "#on straight lines");
    for (Side side : sides) {
      int gpus = side.contender().deployment().gpus();
      table.row(side.label(), gpus > 0 ? gpus : "not said", crossing(side.max().isotonic()),
          Answer.ends(side.max()), crossing(side.max().linear()));
    }
    return table.build();
  }

  private static String crossing(Crossing crossing) {
    return switch (crossing) {
      case Crossing.At at -> Numbers.plain(at.load());
      case Crossing.AboveHighest above -> "at least " + Numbers.plain(above.highest());
      case Crossing.BelowLowest below -> "below " + Numbers.plain(below.lowest());
    };
  }

  /** A row for each rate that both sides have. */
  static Table attainment(Side side, Side base) {
    var table = Table.titled("#req/s", "#" + side.label(), "#" + base.label(), "#difference", "#95 %",
        "#only " + side.label(), "#only " + base.label(), "#p", "finding", "#goodput ratio");
    for (Double rate : side.loads().keySet()) {
      Resampled other = base.loads().get(rate);
      if (other != null) {
        attainmentRow(table, side.loads().get(rate), other);
      }
    }
    return table.build();
  }

  private static void attainmentRow(Table.Builder table, Resampled one, Resampled other) {
    boolean paired = one.load().pairedWith(other.load());
    ShareDifference difference = paired
        ? ShareDifference.paired(one.met(), other.met(), one.blocks())
        : ShareDifference.unpaired(one.met(), one.blocks(), other.met(), other.blocks());
    Function<Function<McNemar, Object>, Object> ofPairs = figure -> difference.test().map(figure).orElse("-");
    table.row(Numbers.exact(one.load().rate()), Numbers.percent(one.share()), Numbers.percent(other.share()),
        points(difference.difference().value()),
        "[" + points(difference.difference().low()) + ", " + points(difference.difference().high()) + "]",
        ofPairs.apply(McNemar::firstOnly), ofPairs.apply(McNemar::secondOnly),
        ofPairs.apply(test -> p(test.pValue())), finding(difference), goodput(one, other, difference.ratio()));
  }

  private static String finding(ShareDifference difference) {
    if (difference.test().isEmpty()) {
      return "other requests, not judged";
    }
    return difference.told() ? difference.difference().value() > 0 ? "better" : "worse" : "no difference shown";
  }

  /** The offered requests of both are a constant factor of the ratio of shares. */
  private static String goodput(Resampled one, Resampled other, Estimate ratio) {
    double factor = one.goodput() / other.goodput() / ratio.value();
    if (!Double.isFinite(factor)) {
      return "-";
    }
    String high = Double.isFinite(ratio.high()) ? Numbers.twoDecimals(factor * ratio.high()) : "unbounded";
    return Numbers.twoDecimals(factor * ratio.value()) + " [" + Numbers.twoDecimals(factor * ratio.low()) + ", " + high
        + "]";
  }

  /** Percentiles of the requests that completed, for each rate that both sides have. */
  static Table percentiles(Side side, Side base) {
    var table = Table.titled("#req/s", "percentile", "#" + side.label(), "#" + base.label(), "#difference", "#95 %");
    for (Double rate : side.loads().keySet()) {
      Resampled other = base.loads().get(rate);
      if (other != null) {
        percentileRows(table, "TTFT", side.loads().get(rate), other, RequestTimes::ttft);
        percentileRows(table, "TPOT", side.loads().get(rate), other, RequestTimes::tpot);
      }
    }
    return table.build();
  }

  private static void percentileRows(Table.Builder table, String latency, Resampled one, Resampled other,
      Function<RequestTimes, double[]> column) {
    double[] mine = column.apply(one.load().requests());
    double[] theirs = column.apply(other.load().requests());
    double[][] mineResampled = one.blocks().percentiles(mine, SHARES);
    double[][] theirsResampled = other.blocks().percentiles(theirs, SHARES);
    for (int number = 0; number < SHARES.length; number++) {
      double[] left = mineResampled[number];
      double[] right = theirsResampled[number];
      double value = MovingBlocks.percentile(mine, SHARES[number]);
      double otherValue = MovingBlocks.percentile(theirs, SHARES[number]);
      Estimate difference = Estimate.of(value - otherValue,
          IntStream.range(0, left.length).mapToDouble(it -> left[it] - right[it]).toArray());
      table.row(Numbers.exact(one.load().rate()), latency + " p" + Math.round(SHARES[number] * 100), seconds(value),
          seconds(otherValue), seconds(difference.value()),
          "[" + seconds(difference.low()) + ", " + seconds(difference.high()) + "]");
    }
  }

  private static String seconds(double value) {
    return Double.isFinite(value) ? Numbers.seconds(value) : "-";
  }

  /** {@code +12.5 pp}: per cent of all requests more or fewer. */
  private static String points(double share) {
    return String.format(Locale.ROOT, "%+.1f pp", Math.clamp(share, -1, 1) * 100);
  }

  private static String p(double value) {
    return value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
  }
}
