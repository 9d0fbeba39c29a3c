package dev.attain.measurement;

/**
 * What an attainment rests on.
 *
 * @param planned number of requests
 * @param independent how many requests that have nothing to do with each other would say as much; not more than planned
 */
public record SampleSize(long planned, double independent) {

  /** Of requests that are taken to have nothing to do with each other. */
  public static SampleSize ofIndependent(long planned) {
    return new SampleSize(planned, planned);
  }

  /** Of two points together, whose seeds differ. */
  public SampleSize plus(SampleSize other) {
    return new SampleSize(planned + other.planned, independent + other.independent);
  }

  /** Wilson's interval at 95 % of a share of them, on the independent ones. */
  public Interval interval(double share) {
    return Interval.ofShare(share, independent, Interval.Z_95);
  }
}
