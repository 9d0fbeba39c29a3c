package dev.attain.measurement;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
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

  /** Stands for every series without a value, so that stages which a deployment does not have cost nothing. */
  private static final Histogram NO_VALUES = HistogramLayout.SHARED.histogram();

  private final Histogram[] histograms;
  private final long[] outOfRange;

  private Latencies(Histogram[] histograms, long[] outOfRange) {
    this.histograms = histograms;
    this.outOfRange = outOfRange;
  }

  /** No value at all: the neutral element of {@link #plus}. */
  public static Latencies empty() {
    Histogram[] none = new Histogram[SERIES];
    Arrays.fill(none, NO_VALUES);
    return new Latencies(none, new long[SERIES]);
  }

  /** The histogram that stands for no value; nobody may write to it. */
  static Histogram noValues() {
    return NO_VALUES;
  }

  static Latencies owning(Histogram[] histograms, long[] outOfRange) {
    Arrays.setAll(histograms,
        series -> histograms[series].getTotalCount() == 0 ? NO_VALUES : histograms[series]);
    return new Latencies(histograms, outOfRange);
  }

  static Latencies copyOf(Histogram[] histograms, long[] outOfRange) {
    Histogram[] copies = new Histogram[SERIES];
    for (int series = 0; series < SERIES; series++) {
      copies[series] = histograms[series].getTotalCount() == 0 ? NO_VALUES : histograms[series].copy();
    }
    return new Latencies(copies, outOfRange.clone());
  }

  static Histogram[] emptyHistograms() {
    Histogram[] histograms = new Histogram[SERIES];
    Arrays.setAll(histograms, series -> HistogramLayout.SHARED.histogram());
    return histograms;
  }

  /**
   * The distribution of a metric in microseconds, 1 us to 1 h, 3 digits; 0 holds the gaps of exactly zero. It is a
   * copy and the caller's own, because some of a histogram's own questions use fields of it as scratch space.
   */
  public Histogram of(LatencyMetric metric) {
    Histogram copy = histograms[metric.series()].copy();
    OptionalInt other = otherPart(metric);
    if (other.isPresent() && histograms[other.getAsInt()].getTotalCount() > 0) {
      copy.add(histograms[other.getAsInt()]);
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
    return histograms[SCALE].copy();
  }

  /** How many completed requests would need a scale above 3.6 million, or have latencies that cannot be. */
  public long requiredScaleOutOfRange() {
    return outOfRange[SCALE];
  }

  /** Both together, without loss. */
  public Latencies plus(Latencies other) {
    return sum(List.of(this, other));
  }

  static Latencies sum(Iterable<Latencies> parts) {
    Histogram[] sum = emptyHistograms();
    long[] outOfRange = new long[SERIES];
    for (Latencies part : parts) {
      for (int series = 0; series < SERIES; series++) {
        if (part.histograms[series].getTotalCount() > 0) {
          sum[series].add(part.histograms[series]);
        }
        outOfRange[series] += part.outOfRange[series];
      }
    }
    return new Latencies(sum, outOfRange);
  }

  Histogram series(int series) {
    return histograms[series];
  }

  long seriesOutOfRange(int series) {
    return outOfRange[series];
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Latencies other && Arrays.equals(histograms, other.histograms)
        && Arrays.equals(outOfRange, other.outOfRange);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(histograms) + Arrays.hashCode(outOfRange);
  }
}
