package dev.attain.selftest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
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

  /** Two in a row that the client was too busy for: the curve is known. Errors alone may be somebody else's doing. */
  private static final int ENOUGH = 2;
  /** Second goes of one climb: on a machine that is always disturbed they would take for ever. */
  private static final int MOST_SECOND_GOES = 3;
  /** Of two neighbouring loads; closer ones are not told apart. */
  private static final double WORTH_A_LOOK = 1.5;

  private final Offer offer;
  private final Predicate<Rung> good;
  private final BooleanSupplier timeToSpare;
  private int secondGoes;

  /** @param timeToSpare whether there is time for second goes and for a look in between */
  Ladder(Offer offer, Predicate<Rung> good, BooleanSupplier timeToSpare) {
    this.offer = offer;
    this.good = good;
    this.timeToSpare = timeToSpare;
  }

  /** What was measured, in ascending order of load. */
  List<Rung> climb(List<Double> requestsPerSecond) throws IOException, InterruptedException {
    List<Rung> rungs = new ArrayList<>();
    int bad = 0;
    for (double rate : requestsPerSecond) {
      Rung rung = twiceIfBad(rate);
      rungs.add(rung);
      bad = good.test(rung) || !rung.overloaded() ? 0 : bad + 1;
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
    if (good.test(first) || secondGoes == MOST_SECOND_GOES || !timeToSpare.getAsBoolean()) {
      return first;
    }
    secondGoes++;
    Rung second = offer.at(rate);
    return good.test(second) || second.worstMicros() < first.worstMicros() ? second : first;
  }

  private void lookBetween(List<Rung> rungs) throws IOException, InterruptedException {
    OptionalDouble highest = highest(rungs, good);
    if (highest.isEmpty() || !timeToSpare.getAsBoolean()) {
      return;
    }
    double low = highest.getAsDouble();
    OptionalDouble high = rungs.stream().mapToDouble(Rung::requestsPerSecond).filter(rate -> rate > low).min();
    if (high.isPresent() && high.getAsDouble() / low >= WORTH_A_LOOK) {
      rungs.add(twiceIfBad(Math.sqrt(low * high.getAsDouble())));
    }
  }

  /**
   * The highest rate, in requests per second, at which a load was good; empty when none was. That a lower one was not does
   * not count: more load makes nothing better, so that something else was in the way of that one.
   */
  static OptionalDouble highest(List<Rung> rungs, Predicate<Rung> good) {
    return rungs.stream().filter(good).mapToDouble(Rung::requestsPerSecond).max();
  }

  /** The lowest load above {@link #highest}; empty when the highest load was good. */
  static Optional<Rung> firstBeyond(List<Rung> rungs, Predicate<Rung> good) {
    double highest = highest(rungs, good).orElse(0);
    return rungs.stream().filter(rung -> rung.requestsPerSecond() > highest)
        .min(Comparator.comparingDouble(Rung::requestsPerSecond));
  }
}
