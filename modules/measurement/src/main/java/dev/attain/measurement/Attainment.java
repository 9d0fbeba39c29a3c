package dev.attain.measurement;

/**
 * Shares of all planned requests, 0 to 1. Failed, timed out, unsent and lost requests are misses.
 *
 * @param both share that met both objectives
 * @param ttft share that met the TTFT objective
 * @param tpot share that met the TPOT objective
 * @param low lower end of the 95 % Wilson interval of {@code both}
 * @param high upper end of it
 * @param target share that is asked for
 */
public record Attainment(double both, double ttft, double tpot, double low, double high, double target) {

  /**
   * The attainment that exact counts show, of requests that are taken to have nothing to do with each other.
   *
   * @throws IllegalArgumentException unless 0 < target <= 1
   */
  public static Attainment of(Counts counts, double target) {
    return of(counts, target, SampleSize.ofIndependent(counts.planned()));
  }

  /**
   * The attainment that exact counts show. Without planned requests the shares are 0 and the interval is 0 to 1.
   *
   * @param size what these counts rest on
   * @throws IllegalArgumentException unless 0 < target <= 1
   */
  public static Attainment of(Counts counts, double target, SampleSize size) {
    if (!(target > 0 && target <= 1)) {
      throw new IllegalArgumentException("the target attainment must be above 0 and at most 1, not " + target);
    }
    double denominator = Math.max(1, counts.planned());
    Interval interval = size.interval(counts.metBoth() / denominator);
    return new Attainment(counts.metBoth() / denominator, counts.metTtft() / denominator,
        counts.metTpot() / denominator, interval.low(), interval.high(), target);
  }
}
