package dev.attain.report;

import dev.attain.experiment.Assertion;
import dev.attain.experiment.Assertion.Quantity;
import dev.attain.measurement.Attainment;
import dev.attain.measurement.Percentiles;
import dev.attain.measurement.Verdict;
import dev.attain.results.AssertionFacts;
import dev.attain.results.AssertionFacts.Outcome;
import dev.attain.results.Bounds;
import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.Confidence;
import dev.attain.results.FoundLoad;
import dev.attain.results.FoundLoads;
import dev.attain.results.PointSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Holds the assertions of a configuration against what was measured. What is INVALID proves nothing. */
final class Assertions {
  private final Findings findings;
  private final Map<String, FoundLoad> found;

  /** @throws BundleException when what a search found cannot be read */
  Assertions(Bundle bundle) throws BundleException {
    this.findings = new Findings(bundle);
    this.found = bundle.foundLoads().map(FoundLoads::deployments).orElse(List.of()).stream()
        .collect(Collectors.toMap(FoundLoad::deployment, Function.identity()));
  }

  AssertionFacts facts(Assertion assertion) {
    FoundLoad searched = found.get(assertion.deployment());
    if (searched != null) {
      return ofASearch(assertion, searched);
    }
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
    return ofTheCurve(assertion, max(finding), finding.deployment().gpus());
  }

  private static AssertionFacts ofTheCurve(Assertion assertion, Measured max, int gpus) {
    if (assertion.quantity() == Quantity.MAX_RATE) {
      return Measured.facts(assertion, List.of(max), Assertions::rate);
    }
    return gpus == 0
        ? undecided(assertion, "nobody said how many GPUs " + assertion.deployment() + " has")
        : Measured.facts(assertion, List.of(max.times(1.0 / gpus)), it -> rate(it) + " per GPU");
  }

  /** At least the sustained rate, and a rate below the lowest that misses, however little. */
  private static Measured max(Finding finding) {
    return Measured.between(finding.sustainedRate(),
        finding.firstMiss().map(miss -> OptionalDouble.of(miss.level())).orElse(OptionalDouble.empty()));
  }

  /** A search speaks of the highest rate and of nothing else. */
  private static AssertionFacts ofASearch(Assertion assertion, FoundLoad searched) {
    if (searched.answer() == FoundLoad.Answer.AT) {
      return ofTheCurve(assertion, new Measured(searched.load(), searched.low().orElse(0.0),
          searched.high().orElse(Double.POSITIVE_INFINITY)), searched.gpus());
    }
    boolean decided = searched.probes().stream()
        .anyMatch(probe -> probe.verdict() == Verdict.PASS || probe.verdict() == Verdict.FAIL);
    return decided
        ? ofTheCurve(assertion, proven(searched), searched.gpus())
        : undecided(assertion, searched.probes().isEmpty() ? "not measured" : "no load was decided");
  }

  /** What probes were decided: those that counted by their share say which way to go, and prove nothing. */
  private static Measured proven(FoundLoad searched) {
    OptionalDouble misses = loads(searched, Verdict.FAIL).min();
    return Measured.between(loads(searched, Verdict.PASS).filter(it -> it < misses.orElse(Double.POSITIVE_INFINITY))
        .max(), misses);
  }

  private static DoubleStream loads(FoundLoad searched, Verdict verdict) {
    return searched.probes().stream().filter(probe -> probe.verdict() == verdict)
        .mapToDouble(FoundLoad.Probe::load);
  }

  /** Attainment is that of all repeats together; what cannot be pooled must hold in each of them. */
  private static AssertionFacts ofPoints(Assertion assertion, RateResult result) {
    return switch (assertion.quantity()) {
      case ATTAINMENT -> Measured.facts(assertion, List.of(share(result.attainment())), Numbers::percent);
      case GOODPUT -> Measured.facts(assertion, each(result, it -> Measured.exactly(it.goodput())), Assertions::rate);
      case TTFT_P50, TTFT_P90, TTFT_P99 -> Measured.facts(assertion,
          each(result, it -> latency(assertion, it.ttft(), it.confidence().map(Confidence::ttft))), Numbers::seconds);
      case TPOT_P50, TPOT_P90, TPOT_P99 -> Measured.facts(assertion,
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

  private static String rate(double perSecond) {
    return Numbers.plain(perSecond) + " req/s";
  }

  private static AssertionFacts undecided(Assertion assertion, String why) {
    return new AssertionFacts(assertion.statement(), Outcome.UNDECIDED, why);
  }
}
