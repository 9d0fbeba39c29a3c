package dev.attain.report;

import dev.attain.experiment.Assertion;
import dev.attain.experiment.Assertion.Relation;
import dev.attain.results.AssertionFacts;
import dev.attain.results.AssertionFacts.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * A quantity that an assertion speaks of, with its 95 % interval.
 *
 * @param value empty when there is none: a highest rate of which only bounds are known
 */
record Measured(Optional<Double> value, double low, double high) {
  static Measured exactly(double value) {
    return new Measured(Optional.of(value), value, value);
  }

  /** At least the load that holds, and less than the one that misses, however little; 0 and infinity where there is none. */
  static Measured between(OptionalDouble holds, OptionalDouble misses) {
    return new Measured(Optional.empty(), holds.orElse(0),
        misses.isPresent() ? Math.nextDown(misses.getAsDouble()) : Double.POSITIVE_INFINITY);
  }

  Measured times(double factor) {
    return new Measured(value.map(it -> it * factor), low * factor, high * factor);
  }

  private Outcome is(Relation relation, double bound) {
    return switch (relation) {
      case AT_LEAST -> low >= bound ? Outcome.HOLDS : high < bound ? Outcome.FAILS : Outcome.UNDECIDED;
      case AT_MOST -> high <= bound ? Outcome.HOLDS : low > bound ? Outcome.FAILS : Outcome.UNDECIDED;
    };
  }

  /**
   * How an assertion comes out that must hold for each of several.
   *
   * @param words for a number in the quantity's unit
   */
  static AssertionFacts facts(Assertion assertion, List<Measured> measured, DoubleFunction<String> words) {
    var outcomes = measured.stream().map(it -> it.is(assertion.relation(), assertion.bound())).toList();
    Outcome outcome = outcomes.contains(Outcome.FAILS)
        ? Outcome.FAILS
        : outcomes.contains(Outcome.UNDECIDED) ? Outcome.UNDECIDED : Outcome.HOLDS;
    return new AssertionFacts(assertion.statement(), outcome,
        String.join("; ", measured.stream().map(it -> it.inWords(words)).toList()));
  }

  private String inWords(DoubleFunction<String> words) {
    var parts = new ArrayList<String>();
    value.map(words::apply).ifPresent(parts::add);
    boolean bounded = Double.isFinite(high);
    if (value.isEmpty()) {
      parts.add(low > 0 ? "at least " + words.apply(low) : bounded ? "" : "not known");
      parts.add(bounded ? (low > 0 ? "and " : "") + "less than " + words.apply(high) : "");
    } else if (low < high) {
      parts.add("[" + words.apply(low) + ", " + (bounded ? words.apply(high) : "unbounded") + "]");
    }
    return String.join(" ", parts.stream().filter(part -> !part.isEmpty()).toList());
  }
}
