package dev.attain.statistics;

import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * Two deployments answered the same requests: how often both, only one and neither met the objectives. McNemar's exact
 * test (Q. McNemar, "Note on the sampling error of the difference between correlated proportions or percentages", 1947)
 * looks at the requests that differ: were the deployments alike, each would go either way with probability 1/2.
 *
 * <p>
 * The test takes requests as independent. They share queues, so a small p alone proves nothing; see
 * {@link ShareDifference}.
 *
 * @param both requests met by both
 * @param firstOnly requests met by the first only
 * @param secondOnly requests met by the second only
 * @param neither requests met by none
 */
public record McNemar(int both, int firstOnly, int secondOnly, int neither) {

  /**
   * Counts.
   *
   * @param first whether the first deployment met request i
   * @param second whether the second one did
   * @throws IllegalArgumentException when there are no requests, or not the same number of them
   */
  public static McNemar of(boolean[] first, boolean[] second) {
    if (first.length != second.length || first.length == 0) {
      throw new IllegalArgumentException(
          "pairs need as many first as second outcomes, at least one, not " + first.length + " and " + second.length);
    }
    int[] counts = new int[4];
    for (int request = 0; request < first.length; request++) {
      counts[(first[request] ? 0 : 2) + (second[request] ? 0 : 1)]++;
    }
    return new McNemar(counts[0], counts[1], counts[2], counts[3]);
  }

  /** How many requests there are. */
  public int pairs() {
    return both + firstOnly + secondOnly + neither;
  }

  /** Share of the first minus share of the second, -1 to 1. */
  public double difference() {
    return (double) (firstOnly - secondOnly) / pairs();
  }

  /**
   * Two-sided: how probable so uneven a split of the requests that differ is among deployments that are alike, min(1, 2
   * P[Bin(b + c, 1/2) <= min(b, c)]); 1 when none differ.
   */
  public double pValue() {
    int differing = firstOnly + secondOnly;
    if (differing == 0) {
      return 1;
    }
    var fair = new BinomialDistribution(differing, 0.5);
    return Math.min(1, 2 * fair.cumulativeProbability(Math.min(firstOnly, secondOnly)));
  }
}
