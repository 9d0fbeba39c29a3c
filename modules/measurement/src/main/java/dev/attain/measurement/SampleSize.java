package dev.attain.measurement;

/**
 * What an attainment rests on.
 *
 * @param planned number of requests
 * @param independent how many requests that have nothing to do with each other would say as much; not more than planned
 * @param quantile of the two-sided interval, 1.96 for the normal one at 95 %
 */
public record SampleSize(long planned, double independent, double quantile) {

  /** Of requests that are taken to have nothing to do with each other. */
  public static SampleSize ofIndependent(long planned) {
    return new SampleSize(planned, planned, Interval.Z_95);
  }

  /** Wilson's interval of a share of them. */
  public Interval interval(double share) {
    return Interval.ofShare(share, independent, quantile);
  }
}
