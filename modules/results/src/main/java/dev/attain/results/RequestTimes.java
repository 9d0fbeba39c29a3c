package dev.attain.results;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How long the requests of a load took, in the order in which they were intended; all arrays are as long as there were
 * planned requests. What did not complete is {@link Double#POSITIVE_INFINITY} everywhere, and so misses every objective.
 *
 * @param ttft seconds to the first token
 * @param tpot seconds for each token after it, 0 for a single one
 */
public record RequestTimes(double[] ttft, double[] tpot) {
  static final double NEVER = Double.POSITIVE_INFINITY;

  /** @throws IllegalArgumentException unless both are equally long */
  public RequestTimes {
    if (ttft.length != tpot.length) {
      throw new IllegalArgumentException("the columns are not equally long");
    }
  }

  /** A column in which what did not happen is not a number, and what is beyond all sense is below zero or endless. */
  static double[] orNever(double[] seconds) {
    // Tokens before their question are a broken clock and no fast engine.
    return Arrays.stream(seconds).map(it -> it >= 0 && it < RequestColumns.MISSED ? it : NEVER).toArray();
  }

  /** The runs one after the other. */
  static RequestTimes joined(List<RequestTimes> runs) {
    return new RequestTimes(runs.stream().flatMapToDouble(it -> Arrays.stream(it.ttft)).toArray(),
        runs.stream().flatMapToDouble(it -> Arrays.stream(it.tpot)).toArray());
  }

  /** How many requests were planned. */
  public int planned() {
    return ttft.length;
  }

  /** How many of them completed. */
  public long completed() {
    return Arrays.stream(ttft).filter(Double::isFinite).count();
  }

  /**
   * Whether each request completed within both objectives.
   *
   * @param ttftLimit seconds; infinite to leave the objective out
   * @param tpotLimit seconds; infinite to leave the objective out
   */
  public boolean[] met(double ttftLimit, double tpotLimit) {
    boolean[] met = new boolean[planned()];
    for (int request = 0; request < met.length; request++) {
      met[request] = Double.isFinite(ttft[request]) && ttft[request] <= ttftLimit && tpot[request] <= tpotLimit;
    }
    return met;
  }

  /** The factor on both objectives at which each request would just meet them. */
  public double[] requiredScales(double ttftLimit, double tpotLimit) {
    return IntStream.range(0, planned())
        .mapToDouble(request -> Math.max(ttft[request] / ttftLimit, tpot[request] / tpotLimit)).toArray();
  }
}
