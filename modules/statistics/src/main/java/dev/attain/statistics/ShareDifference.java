package dev.attain.statistics;

import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * The difference between the shares of requests that two deployments met, the first one's minus the second one's.
 *
 * @param test of the requests that differ, when both answered the same requests
 * @param difference with the interval of the block bootstrap, -1 to 1
 * @param ratio of the shares, first to second; NaN when neither met any
 */
public record ShareDifference(Optional<McNemar> test, Estimate difference, Estimate ratio) {
  private static final double SIGNIFICANT = 0.05;

  /**
   * Compares answers to the same requests.
   *
   * @param first whether the first deployment met request i
   * @param second whether the second one did
   * @param blocks of so many requests
   */
  public static ShareDifference paired(boolean[] first, boolean[] second, MovingBlocks blocks) {
    return of(Optional.of(McNemar.of(first, second)), first, blocks, second, blocks);
  }

  /** Compares answers to different requests; the blocks must be drawn with different seeds. */
  public static ShareDifference unpaired(boolean[] first, MovingBlocks firstBlocks, boolean[] second,
      MovingBlocks secondBlocks) {
    return of(Optional.empty(), first, firstBlocks, second, secondBlocks);
  }

  private static ShareDifference of(Optional<McNemar> test, boolean[] first, MovingBlocks firstBlocks, boolean[] second,
      MovingBlocks secondBlocks) {
    double[] firstShares = firstBlocks.shares(first);
    double[] secondShares = secondBlocks.shares(second);
    return new ShareDifference(test,
        Estimate.of(share(first) - share(second), each(firstShares, secondShares, (one, two) -> one - two)),
        Estimate.of(share(first) / share(second),
            each(firstShares, secondShares, (one, two) -> Math.max(0, one) / Math.max(0, two))));
  }

  /**
   * Whether the deployments can be told apart. The interval must not contain 0 and, where requests are paired, the exact
   * test must agree: it is right for few requests that differ, where a bootstrap is too sure of itself, and the bootstrap
   * for requests that miss together, where the test is.
   */
  public boolean told() {
    return !difference.contains(0) && test.map(it -> it.pValue() < SIGNIFICANT).orElse(true);
  }

  /** The share that met something, 0 to 1; NaN of none. */
  public static double share(boolean[] met) {
    return IntStream.range(0, met.length).filter(request -> met[request]).count() / (double) met.length;
  }

  private static double[] each(double[] first, double[] second, DoubleBinaryOperator figure) {
    return IntStream.range(0, first.length).mapToDouble(it -> figure.applyAsDouble(first[it], second[it])).toArray();
  }
}
