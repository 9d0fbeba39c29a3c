package dev.attain.report;

import dev.attain.measurement.Verdict;
import dev.attain.results.DeploymentFacts;
import dev.attain.results.Objectives;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The sentence about one deployment: which rate it sustains, or how many users of a closed loop it serves. A rate is sustained when it passes and no valid lower rate
 * misses. Nothing is said about rates that were not measured: beyond the highest it is "at least", below the lowest it
 * is "below".
 *
 * @param results ascending by rate
 * @param notMeasured planned rates without a result, ascending
 */
record Finding(DeploymentFacts deployment, Objectives objectives, LoadUnit unit, List<RateResult> results,
    List<Double> notMeasured) {
  Finding {
    results = List.copyOf(results);
    notMeasured = List.copyOf(notMeasured);
  }

  /** The highest sustained load, in its unit, if any is sustained. */
  OptionalDouble sustainedRate() {
    double firstMiss = firstMiss().map(RateResult::level).orElse(Double.POSITIVE_INFINITY);
    return results.stream().filter(result -> result.verdict() == Verdict.PASS && result.level() < firstMiss)
        .mapToDouble(RateResult::level).max();
  }

  /** One sentence, with a full stop. */
  String sentence() {
    if (results.isEmpty()) {
      return deployment.name() + ": not measured.";
    }
    if (results.stream().noneMatch(RateResult::valid)) {
      return deployment.name() + ": no verdict, every point is invalid" + firstReason(results) + ".";
    }
    var clauses = new ArrayList<String>();
    clauses.add(mainClause());
    undecided().ifPresent(clauses::add);
    firstMiss().ifPresent(miss -> clauses.add("misses at " + withAttainment(miss)));
    overloaded().ifPresent(clauses::add);
    contradiction().ifPresent(clauses::add);
    invalid().ifPresent(clauses::add);
    if (!notMeasured.isEmpty()) {
      clauses.add("not measured at " + rates(notMeasured));
    }
    return String.join("; ", clauses) + ".";
  }

  private String mainClause() {
    OptionalDouble sustained = sustainedRate();
    if (sustained.isPresent()) {
      double rate = sustained.getAsDouble();
      return rate < highestValid()
          ? deployment.name() + " " + unit.verb + " " + withGpus(rate, "") + objectivesInWords()
          : deployment.name() + " " + unit.verb + " at least " + withGpus(rate, "highest measured")
              + objectivesInWords();
    }
    RateResult lowest = results.stream().filter(RateResult::valid).findFirst().orElseThrow();
    return lowest.verdict() == Verdict.FAIL
        ? deployment.name() + " stays below " + withGpus(lowest.level(), "lowest measured") + objectivesInWords()
        : deployment.name() + " shows no " + unit.noun + " that it " + unit.verb + objectivesInWords();
  }

  /** The lowest load that misses the target, if any does. */
  Optional<RateResult> firstMiss() {
    return results.stream().filter(result -> result.verdict() == Verdict.FAIL).findFirst();
  }

  private double highestValid() {
    return results.stream().filter(RateResult::valid).mapToDouble(RateResult::level).max().orElseThrow();
  }

  /** Rates whose interval straddles the target, between the sustained rate and the first miss. */
  private Optional<String> undecided() {
    double from = sustainedRate().orElse(0);
    double miss = firstMiss().map(RateResult::level).orElse(Double.POSITIVE_INFINITY);
    List<RateResult> between = results.stream()
        .filter(result -> result.verdict() == Verdict.UNDECIDED && result.level() > from && result.level() < miss)
        .toList();
    if (between.isEmpty()) {
      return Optional.empty();
    }
    String word = between.size() == 1 ? "undecided at " : "undecided from ";
    return Optional.of(word + withAttainment(between.getFirst()));
  }

  /** From the lowest rate on that came faster than it could be answered; what higher ones showed depends on how long. */
  private Optional<String> overloaded() {
    List<RateResult> found = results.stream().filter(RateResult::valid).filter(RateResult::overloaded).toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    double lowest = found.getFirst().level();
    boolean allAbove = results.stream().filter(RateResult::valid).filter(result -> result.level() > lowest)
        .allMatch(RateResult::overloaded);
    return Optional.of(allAbove
        ? "overloaded from " + unit.of(lowest)
        : "overloaded at " + rates(found.stream().map(RateResult::level).toList()));
  }

  /** Passing above a miss cannot be explained by load; the reader must know. */
  private Optional<String> contradiction() {
    double miss = firstMiss().map(RateResult::level).orElse(Double.POSITIVE_INFINITY);
    List<Double> above = results.stream()
        .filter(result -> result.verdict() == Verdict.PASS && result.level() > miss).map(RateResult::level).toList();
    return above.isEmpty()
        ? Optional.empty()
        : Optional.of("yet passes at " + rates(above) + ", which contradicts the miss below");
  }

  private Optional<String> invalid() {
    List<RateResult> invalid = results.stream().filter(result -> !result.valid()).toList();
    return invalid.isEmpty()
        ? Optional.empty()
        : Optional.of("invalid at " + rates(invalid.stream().map(RateResult::level).toList()) + firstReason(invalid));
  }

  private String withGpus(double rate, String remark) {
    var remarks = new ArrayList<String>();
    if (deployment.gpus() > 0) {
      remarks.add(Numbers.plain(rate / deployment.gpus()) + " per GPU");
    }
    if (!remark.isEmpty()) {
      remarks.add(remark);
    }
    return unit.of(rate) + (remarks.isEmpty() ? "" : " (" + String.join(", ", remarks) + ")");
  }

  private String objectivesInWords() {
    return " at " + Numbers.plain(objectives.target() * 100) + " % within TTFT " + Numbers.seconds(objectives.ttft())
        + " / TPOT " + Numbers.seconds(objectives.tpot());
  }

  private String withAttainment(RateResult result) {
    return unit.of(result.level()) + " (" + Numbers.percent(result.attainment().both()) + " "
        + Numbers.interval(result.attainment().low(), result.attainment().high()) + ")";
  }

  private String rates(List<Double> levels) {
    return unit.of(levels.stream());
  }

  private static String firstReason(List<RateResult> invalid) {
    return invalid.stream().flatMap(result -> result.points().stream()).flatMap(point -> point.reasons().stream())
        .findFirst().map(reason -> " (" + reason + ")").orElse("");
  }
}
