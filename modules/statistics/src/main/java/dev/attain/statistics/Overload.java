package dev.attain.statistics;

import dev.attain.measurement.SampleSize;
import java.util.Arrays;

/**
 * Whether a deployment was overloaded during a point of an open loop: requests came faster than it could answer them,
 * so that more and more were in flight and later ones fared worse. What such a point shows depends on how long it ran.
 *
 * @param overloaded whether both is so
 * @param inFlightFirst mean number of requests in flight during the first third of the arrivals
 * @param inFlightLast likewise, the last third
 * @param metFirst share of the first third of the requests that met the objectives, 0 to 1
 * @param metLast likewise, the last third
 */
public record Overload(boolean overloaded, double inFlightFirst, double inFlightLast, double metFirst,
    double metLast) {
  private static final int SLICES = 30;
  private static final int FEWEST_REQUESTS = 3 * SLICES;
  /** Growth that matters: what is in flight follows the load's own ups and downs as well. */
  private static final double GROWTH = 1.25;
  private static final double STANDARD_ERRORS = 2;
  private static final Overload UNKNOWN = new Overload(false, 0, 0, 0, 0);

  /**
   * Judges requests in the order in which they were intended. In flight grows when its means over slices of the time
   * have a rising trend and the last third has a quarter more than the first; the first slices, until as much time has
   * passed as the median of the first tenth of the requests takes, only fill the deployment and do not count. Later
   * requests fare worse when the share that met the objectives falls by more than two standard errors, or when no
   * request of the last third meets them. Less than 90 requests show nothing.
   *
   * @param from when each was due, in seconds, ascending
   * @param until when each had ended, in seconds; {@code NaN} for one that never did
   * @param severity scale of the objectives that each needs; at most 1 for one that met them
   */
  public static Overload of(double[] from, double[] until, double[] severity) {
    int count = from.length;
    if (count < FEWEST_REQUESTS || from[count - 1] <= from[0]) {
      return UNKNOWN;
    }
    double[] inFlight = inFlight(from, until);
    double filled = earlyStay(from, until) / (from[count - 1] - from[0]) * SLICES;
    int first = Math.min(SLICES / 2, (int) Math.ceil(filled));
    double[] settled = Arrays.copyOfRange(inFlight, first, SLICES);
    int third = settled.length / 3;
    double early = Batches.mean(Arrays.copyOf(settled, third));
    double late = Batches.mean(Arrays.copyOfRange(settled, settled.length - third, settled.length));
    double[] begin = Arrays.copyOf(severity, count / 3);
    double[] end = Arrays.copyOfRange(severity, count - count / 3, count);
    boolean grows = MannKendall.of(settled).rises() && late > GROWTH * early;
    return new Overload(grows && worse(begin, end), early, late, met(begin), met(end));
  }

  private static boolean worse(double[] begin, double[] end) {
    double before = met(begin);
    double after = met(end);
    double error = Math.sqrt(variance(before, EffectiveSize.of(begin)) + variance(after, EffectiveSize.of(end)));
    return after == 0 || before - after > STANDARD_ERRORS * error;
  }

  private static double variance(double share, SampleSize size) {
    return share * (1 - share) / size.independent();
  }

  private static double met(double[] severity) {
    return Arrays.stream(severity).filter(needed -> needed <= 1).count() / (double) severity.length;
  }

  /** Of the first tenth of the requests: later ones stay the longer, the more a deployment is overloaded. */
  private static double earlyStay(double[] from, double[] until) {
    double[] stays = new double[from.length / 10];
    for (int index = 0; index < stays.length; index++) {
      stays[index] = Double.isNaN(until[index]) ? Double.POSITIVE_INFINITY : until[index] - from[index];
    }
    Arrays.sort(stays);
    return stays[stays.length / 2];
  }

  /** Means over slices of the time between the first and the last arrival. */
  private static double[] inFlight(double[] from, double[] until) {
    double start = from[0];
    double slice = (from[from.length - 1] - start) / SLICES;
    var means = new double[SLICES];
    for (int index = 0; index < from.length; index++) {
      double begin = (from[index] - start) / slice;
      double end = Double.isNaN(until[index]) ? SLICES : Math.min(SLICES, (until[index] - start) / slice);
      for (int at = (int) begin; at < SLICES && at < end; at++) {
        means[at] += Math.max(0, Math.min(end, at + 1.0) - Math.max(begin, at));
      }
    }
    return means;
  }
}
