package dev.attain.measurement;

import org.HdrHistogram.Histogram;

/**
 * A distribution in a few numbers, in seconds; all zero when it is empty. Percentiles and the maximum are the upper end
 * of their bucket, at most 0.1 % above the value recorded. Percentiles of several nodes come from their merged
 * histogram, never from averaging.
 *
 * @param mean arithmetic mean
 * @param p50 median
 * @param p90 90th percentile
 * @param p95 95th percentile
 * @param p99 99th percentile
 * @param p999 99.9th percentile
 * @param max largest value
 * @param count number of values
 */
public record Percentiles(double mean, double p50, double p90, double p95, double p99, double p999, double max,
    long count) {
  private static final double MICROS_PER_SECOND = 1e6;

  /** Of a histogram of microseconds, which no other thread is using. */
  public static Percentiles ofMicros(Histogram histogram) {
    if (histogram.getTotalCount() == 0) {
      return new Percentiles(0, 0, 0, 0, 0, 0, 0, 0);
    }
    return new Percentiles(histogram.getMean() / MICROS_PER_SECOND, seconds(histogram, 50), seconds(histogram, 90),
        seconds(histogram, 95), seconds(histogram, 99), seconds(histogram, 99.9),
        histogram.getMaxValue() / MICROS_PER_SECOND, histogram.getTotalCount());
  }

  private static double seconds(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / MICROS_PER_SECOND;
  }
}
