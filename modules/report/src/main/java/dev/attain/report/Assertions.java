package dev.attain.report;

import dev.attain.experiment.Assertion;
import dev.attain.experiment.Assertion.Quantity;
import dev.attain.experiment.Assertion.Relation;
import dev.attain.measurement.Attainment;
import dev.attain.measurement.Percentiles;
import dev.attain.results.AssertionFacts;
import dev.attain.results.AssertionFacts.Outcome;
import dev.attain.results.Bounds;
import dev.attain.results.Confidence;
import dev.attain.results.PointSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** Holds the assertions of a configuration against what was measured. What is INVALID proves nothing. */
final class Assertions {
  private final Findings findings;

  Assertions(Findings findings) {
    this.findings = findings;
  }

  /**
   * What was measured.
   *
   * @param value empty when there is none: the highest rate is only known to lie between two that were measured
   */
  private record Measured(Optional<Double> value, double low, double high) {
    static Measured exactly(double value) {
      return new Measured(Optional.of(value), value, value);
    }

    Measured times(double factor) {
      return new Measured(value.map(it -> it * factor), low * factor, high * factor);
    }

    Outcome is(Relation relation, double bound) {
      return switch (relation) {
        case AT_LEAST -> low >= bound ? Outcome.HOLDS : high < bound ? Outcome.FAILS : Outcome.UNDECIDED;
        case AT_MOST -> high <= bound ? Outcome.HOLDS : low > bound ? Outcome.FAILS : Outcome.UNDECIDED;
      };
    }
  }

  AssertionFacts facts(Assertion assertion) {
    Finding finding = findings.finding(assertion.deployment());
    List<RateResult> concerned = finding.results().stream()
        .filter(it -> assertion.level().isEmpty() || assertion.level().get() == it.level()).toList();
    List<RateResult> valid = concerned.stream().filter(RateResult::valid).toList();
    if (valid.isEmpty()) {
      return undecided(assertion, concerned.isEmpty() ? "not measured" : "INVALID");
    }
    return assertion.quantity().ofTheCurve() ? ofTheCurve(assertion, finding) : ofPoints(assertion, valid.getFirst());
  }

  private static AssertionFacts ofTheCurve(Assertion assertion, Finding finding) {
    Measured max = max(finding);
    if (assertion.quantity() == Quantity.MAX_RATE) {
      return facts(assertion, List.of(max), Assertions::rate);
    }
    int gpus = finding.deployment().gpus();
    return gpus == 0
        ? undecided(assertion, "nobody said how many GPUs " + assertion.deployment() + " has")
        : facts(assertion, List.of(max.times(1.0 / gpus)), it -> rate(it) + " per GPU");
  }

  /** At least the sustained rate, and a rate below the lowest that misses, however little. */
  private static Measured max(Finding finding) {
    return new Measured(Optional.empty(), finding.sustainedRate().orElse(0),
        finding.firstMiss().map(miss -> Math.nextDown(miss.level())).orElse(Double.POSITIVE_INFINITY));
  }

  /** Attainment is that of all repeats together; what cannot be pooled must hold in each of them. */
  private static AssertionFacts ofPoints(Assertion assertion, RateResult result) {
    return switch (assertion.quantity()) {
      case ATTAINMENT -> facts(assertion, List.of(share(result.attainment())), Numbers::percent);
      case GOODPUT -> facts(assertion, each(result, it -> Measured.exactly(it.goodput())), Assertions::rate);
      case TTFT_P50, TTFT_P90, TTFT_P99 -> facts(assertion,
          each(result, it -> latency(assertion, it.ttft(), it.confidence().map(Confidence::ttft))), Numbers::seconds);
      case TPOT_P50, TPOT_P90, TPOT_P99 -> facts(assertion,
          each(result, it -> latency(assertion, it.tpot(), it.confidence().map(Confidence::tpot))), Numbers::seconds);
      case MAX_RATE, MAX_RATE_PER_GPU -> throw new IllegalArgumentException(assertion.statement());
    };
  }

  private static List<Measured> each(RateResult result, Function<PointSummary, Measured> quantity) {
    return result.points().stream().map(quantity).toList();
  }

  private static Measured share(Attainment attainment) {
    return new Measured(Optional.of(attainment.both()), attainment.low(), attainment.high());
  }

  /** Failed requests have no latency; where none completed nothing is known. */
  private static Measured latency(Assertion assertion, Percentiles measured, Optional<Map<String, Bounds>> intervals) {
    String percentile = assertion.quantity().percentile();
    if (measured.count() == 0) {
      return new Measured(Optional.empty(), 0, Double.POSITIVE_INFINITY);
    }
    double value = switch (percentile) {
      case "p50" -> measured.p50();
      case "p90" -> measured.p90();
      default -> measured.p99();
    };
    return intervals.map(it -> it.get(percentile))
        .map(it -> new Measured(Optional.of(value), it.low().orElse(0.0), it.high().orElse(Double.POSITIVE_INFINITY)))
        .orElseGet(() -> Measured.exactly(value));
  }

  private static AssertionFacts facts(Assertion assertion, List<Measured> measured, DoubleFunction<String> words) {
    var outcomes = measured.stream().map(it -> it.is(assertion.relation(), assertion.bound())).toList();
    Outcome outcome = outcomes.contains(Outcome.FAILS)
        ? Outcome.FAILS
        : outcomes.contains(Outcome.UNDECIDED) ? Outcome.UNDECIDED : Outcome.HOLDS;
    return new AssertionFacts(assertion.statement(), outcome,
        String.join("; ", measured.stream().map(it -> inWords(it, words)).toList()));
  }

  private static String inWords(Measured measured, DoubleFunction<String> words) {
    var parts = new ArrayList<String>();
    measured.value().map(words::apply).ifPresent(parts::add);
    boolean bounded = Double.isFinite(measured.high());
    if (measured.value().isEmpty()) {
      parts.add(measured.low() > 0 ? "at least " + words.apply(measured.low()) : bounded ? "" : "not known");
      parts.add(bounded ? (measured.low() > 0 ? "and " : "") + "less than " + words.apply(measured.high()) : "");
    } else if (measured.low() < measured.high()) {
      parts
          .add("[" + words.apply(measured.low()) + ", " + (bounded ? words.apply(measured.high()) : "unbounded") + "]");
    }
    return String.join(" ", parts.stream().filter(part -> !part.isEmpty()).toList());
  }

  private static String rate(double perSecond) {
    return Numbers.plain(perSecond) + " req/s";
  }

  private static AssertionFacts undecided(Assertion assertion, String why) {
    return new AssertionFacts(assertion.statement(), Outcome.UNDECIDED, why);
  }
}
