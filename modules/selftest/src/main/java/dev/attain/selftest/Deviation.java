package dev.attain.selftest;

import org.HdrHistogram.Histogram;

/**
 * How far what was reported lies from what was true. A percentile of a distribution whose truth is one value counts by
 * its distance to that value, whichever side it lies on: a gap that is too long makes the next one too short.
 *
 * @param p50Micros distance of the reported median
 * @param p99Micros the larger distance of the reported 1st and 99th percentile
 */
public record Deviation(double p50Micros, double p99Micros) {
  static final Deviation NONE = new Deviation(0, 0);

  static Deviation of(Histogram micros, double trueMicros) {
    if (micros.getTotalCount() == 0) {
      return NONE;
    }
    return new Deviation(distance(micros, 50, trueMicros),
        Math.max(distance(micros, 1, trueMicros), distance(micros, 99, trueMicros)));
  }

  private static double distance(Histogram micros, double percentile, double trueMicros) {
    return Math.abs(micros.getValueAtPercentile(percentile) - trueMicros);
  }
}
