package dev.attain.engines;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A Prometheus histogram of latencies in seconds. Immutable.
 *
 * <p>
 * Its buckets are the engine's own and coarse: vLLM's queue and end-to-end times have none below 0.3 s. Quantiles are
 * interpolated in a bucket as if its values were spread evenly, the way Prometheus' {@code histogram_quantile} does it, and
 * may be off by the width of a bucket; only the mean is exact. It is a bound as well: no more than a share {@code 1 - q} of
 * values can be above {@code mean / (1 - q)}, which keeps microseconds in a bucket of 0.3 s from looking like 150 ms.
 *
 * @param cumulative how many values are at or below each bound, the last bound infinite
 */
public record LatencyHistogram(Map<Double, Double> cumulative, double sum) {
  public LatencyHistogram {
    cumulative = Collections.unmodifiableSortedMap(new TreeMap<>(cumulative));
  }

  /** The histogram of that name, added up over the engine cores of the instance. */
  static LatencyHistogram of(ServerMetrics page, String name) {
    return new LatencyHistogram(page.buckets(name), page.sum(name + "_sum"));
  }

  /** How many values. */
  public double count() {
    return cumulative.values().stream().reduce(0.0, Math::max);
  }

  /** 0 when there are no values. */
  public double mean() {
    return count() > 0 ? sum / count() : 0;
  }

  /** The values of both; empty when their bounds differ. */
  public Optional<LatencyHistogram> plus(LatencyHistogram other) {
    return combined(other, 1);
  }

  /** The values since {@code before}; empty when bounds differ or the counts went back, as after a restart. */
  public Optional<LatencyHistogram> since(LatencyHistogram before) {
    return combined(before, -1).filter(difference -> difference.sum >= 0
        && difference.cumulative.values().stream().allMatch(count -> count >= 0));
  }

  private Optional<LatencyHistogram> combined(LatencyHistogram other, int sign) {
    if (!cumulative.keySet().equals(other.cumulative.keySet())) {
      return Optional.empty();
    }
    Map<Double, Double> counts = new TreeMap<>();
    cumulative.forEach((bound, count) -> counts.put(bound, count + sign * other.cumulative.get(bound)));
    return Optional.of(new LatencyHistogram(counts, sum + sign * other.sum));
  }

  /**
   * The value that a share of all values is at or below, interpolated; 0 when there are none. Beyond the last finite
   * bound it is that bound.
   *
   * @param share 0 to 1
   */
  public double quantile(double share) {
    return Math.min(interpolated(share), share < 1 ? mean() / (1 - share) : Double.POSITIVE_INFINITY);
  }

  private double interpolated(double share) {
    double rank = share * count();
    if (rank <= 0) {
      return 0;
    }
    double lowerBound = 0;
    double below = 0;
    for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
      if (bucket.getValue() > 0 && bucket.getValue() >= rank) {
        double inBucket = bucket.getValue() - below;
        return Double.isInfinite(bucket.getKey()) || inBucket <= 0
            ? lowerBound
            : lowerBound + (bucket.getKey() - lowerBound) * (rank - below) / inBucket;
      }
      lowerBound = Double.isInfinite(bucket.getKey()) ? lowerBound : bucket.getKey();
      below = bucket.getValue();
    }
    return lowerBound;
  }
}
