package dev.attain.measurement;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * The distributions of a snapshot: one for each {@link LatencyMetric}, and the required SLO scales. Immutable and
 * readable from any thread; equality is by content.
 */
public final class Latencies {
  /** The required scales are stored behind the latency metrics. */
  static final int SCALE = LatencyMetric.values().length;

  /**
   * Gaps before events of several tokens. The series of {@link LatencyMetric#ITL} holds only those before events of one
   * token, which belong to both distributions of gaps, and that of {@link LatencyMetric#ITL_PER_TOKEN} the divided ones:
   * so the usual event is written once.
   */
  static final int BUNDLES = SCALE + 1;

  /** The names of all series on the wire, in the order of the arrays. */
  static final List<String> NAMES = Stream
      .concat(Arrays.stream(LatencyMetric.values()).map(LatencyMetric::jsonName),
          Stream.of("requiredScale", "bundleGaps"))
      .toList();

  static final int SERIES = NAMES.size();

  private final List<Series> series;
  private final long[] outOfRange;

  /** Takes over the array. */
  Latencies(List<Series> series, long[] outOfRange) {
    this.series = List.copyOf(series);
    this.outOfRange = outOfRange;
  }

  /** No value at all: the neutral element of {@link #plus}. */
  public static Latencies empty() {
    return new Latencies(Collections.nCopies(SERIES, Series.NO_VALUES), new long[SERIES]);
  }

  static Latencies copyOf(Histogram[] histograms, long[] outOfRange) {
    return new Latencies(Arrays.stream(histograms).map(Series::copyOf).toList(), outOfRange.clone());
  }

  static Histogram[] emptyHistograms() {
    Histogram[] histograms = new Histogram[SERIES];
    Arrays.setAll(histograms, at -> HistogramLayout.SHARED.histogram());
    return histograms;
  }

  /**
   * The distribution of a metric in microseconds, 1 us to 1 h, 3 digits; 0 holds the gaps of exactly zero. It is a
   * copy and the caller's own, because some of a histogram's own questions use fields of it as scratch space.
   */
  public Histogram of(LatencyMetric metric) {
    Histogram copy = series(metric.series()).copy();
    OptionalInt other = otherPart(metric);
    if (other.isPresent() && series(other.getAsInt()).getTotalCount() > 0) {
      copy.add(series(other.getAsInt()));
    }
    return copy;
  }

  /** What the gaps of events and those of tokens consist of, beside their own series. */
  private static OptionalInt otherPart(LatencyMetric metric) {
    return switch (metric) {
      case ITL -> OptionalInt.of(BUNDLES);
      case ITL_PER_TOKEN -> OptionalInt.of(LatencyMetric.ITL.series());
      default -> OptionalInt.empty();
    };
  }

  /** How many values of a metric were negative or above 1 h and are therefore not in its distribution. */
  public long outOfRange(LatencyMetric metric) {
    OptionalInt other = otherPart(metric);
    return outOfRange[metric.series()] + (other.isPresent() ? outOfRange[other.getAsInt()] : 0);
  }

  /**
   * The required SLO scales of completed requests in thousandths, rounded up; exact up to 2.047 times the objectives,
   * 3 digits above. A copy and the caller's own.
   */
  public Histogram requiredScale() {
    return series(SCALE).copy();
  }

  /** How many completed requests would need a scale above 3.6 million, or have latencies that cannot be. */
  public long requiredScaleOutOfRange() {
    return outOfRange[SCALE];
  }

  /** Both together, without loss. */
  public Latencies plus(Latencies other) {
    return sum(List.of(this, other));
  }

  /** Each series is added up when it is first asked for. */
  static Latencies sum(List<Latencies> parts) {
    List<Latencies> added = List.copyOf(parts);
    long[] outOfRange = new long[SERIES];
    for (Latencies part : added) {
      Arrays.setAll(outOfRange, at -> outOfRange[at] + part.outOfRange[at]);
    }
    return new Latencies(
        IntStream.range(0, SERIES).mapToObj(at -> Series.onDemand(() -> sum(added, at))).toList(), outOfRange);
  }

  private static Histogram sum(List<Latencies> parts, int at) {
    Histogram sum = HistogramLayout.SHARED.histogram();
    for (Latencies part : parts) {
      if (part.series(at).getTotalCount() > 0) {
        sum.add(part.series(at));
      }
    }
    return sum;
  }

  /** Nobody may write to it. */
  Histogram series(int at) {
    return series.get(at).histogram();
  }

  long seriesOutOfRange(int at) {
    return outOfRange[at];
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Latencies other && histograms().equals(other.histograms())
        && Arrays.equals(outOfRange, other.outOfRange);
  }

  @Override
  public int hashCode() {
    return 31 * histograms().hashCode() + Arrays.hashCode(outOfRange);
  }

  private List<Histogram> histograms() {
    return series.stream().map(Series::histogram).toList();
  }
}
