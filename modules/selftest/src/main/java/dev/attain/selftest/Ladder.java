package dev.attain.selftest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Goes up in load until it is clear where it stops being good, and then looks once in between. A load that is not good
 * gets a second go, because something else on the machine may have been in the way of the first; the better one counts.
 */
final class Ladder {
  /** Offers one load and says what came out. */
  @FunctionalInterface
  interface Offer {
    /** At so many requests per second. */
    Rung at(double requestsPerSecond) throws IOException, InterruptedException;
  }

  /** Two that are no good in a row: the curve is known. */
  private static final int ENOUGH = 2;
  /** Of two neighbouring loads; closer ones are not told apart. */
  private static final double WORTH_A_LOOK = 1.5;

  private final Offer offer;
  private final Predicate<Rung> good;

  Ladder(Offer offer, Predicate<Rung> good) {
    this.offer = offer;
    this.good = good;
  }

  /** What was measured, in ascending order of load. */
  List<Rung> climb(List<Double> requestsPerSecond) throws IOException, InterruptedException {
    List<Rung> rungs = new ArrayList<>();
    int bad = 0;
    for (double rate : requestsPerSecond) {
      Rung rung = twiceIfBad(rate);
      rungs.add(rung);
      bad = good.test(rung) ? 0 : bad + 1;
      if (bad == ENOUGH || rung.collapsed()) {
        break;
      }
    }
    lookBetween(rungs);
    rungs.sort(Comparator.comparingDouble(Rung::requestsPerSecond));
    return List.copyOf(rungs);
  }

  private Rung twiceIfBad(double rate) throws IOException, InterruptedException {
    Rung first = offer.at(rate);
    if (good.test(first) || first.collapsed()) {
      return first;
    }
    Rung second = offer.at(rate);
    return good.test(second) || second.worstMicros() < first.worstMicros() ? second : first;
  }

  private void lookBetween(List<Rung> rungs) throws IOException, InterruptedException {
    OptionalDouble highest = highest(rungs, good);
    if (highest.isEmpty()) {
      return;
    }
    double low = highest.getAsDouble();
    OptionalDouble high = rungs.stream().mapToDouble(Rung::requestsPerSecond).filter(rate -> rate > low).min();
    if (high.isPresent() && high.getAsDouble() / low >= WORTH_A_LOOK) {
      rungs.add(twiceIfBad(Math.sqrt(low * high.getAsDouble())));
    }
  }

  /**
   * The highest rate, in requests per second, up to which every load was good; empty when not even the lowest was.
   *
   * @param ascending in load
   */
  static OptionalDouble highest(List<Rung> ascending, Predicate<Rung> good) {
    OptionalDouble highest = OptionalDouble.empty();
    for (Rung rung : ascending) {
      if (!good.test(rung)) {
        break;
      }
      highest = OptionalDouble.of(rung.requestsPerSecond());
    }
    return highest;
  }
}
