package dev.attain.bench;

import dev.attain.bench.Contender.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * All rounds of one client at one load. Figures are medians of the rounds; a figure of a single round can be luck.
 *
 * @param problems of rounds that failed
 */
record Row(String contender, Load load, Truth truth, List<Result> rounds, List<String> problems) {
  /** By load, and within it in the order of the first round. */
  static List<Row> of(List<Result> results, Truth truth) {
    Map<String, List<Result>> groups = new LinkedHashMap<>();
    results.forEach(result -> groups
        .computeIfAbsent(result.load().eventsPerSecond() + " " + result.contender(), key -> new ArrayList<>())
        .add(result));
    return groups.values().stream().map(rounds -> new Row(rounds.getFirst().contender(), rounds.getFirst().load(),
        truth, rounds.stream().filter(result -> result.outcome().isPresent()).toList(),
        rounds.stream().map(Result::problem).filter(problem -> !problem.isEmpty()).toList())).toList();
  }

  boolean measured() {
    return !rounds.isEmpty();
  }

  /** Median over the rounds of something that a client reported or cost. */
  double median(ToDoubleFunction<Outcome> figure) {
    return median(rounds.stream().map(Result::outcome).map(Optional::orElseThrow).mapToDouble(figure).sorted()
        .toArray());
  }

  double latenessP50Millis() {
    return median(rounds.stream().mapToDouble(result -> result.server().latenessP50Micros() / 1e3).sorted().toArray());
  }

  double latenessP99Millis() {
    return median(rounds.stream().mapToDouble(result -> result.server().latenessP99Micros() / 1e3).sorted().toArray());
  }

  double microsPerEvent() {
    return median(outcome -> outcome.cost().microsPerEvent(events(outcome)));
  }

  double microsPerEventWithStartUp() {
    return median(outcome -> outcome.cost().microsPerEventWithStartUp(events(outcome)));
  }

  /** Range of the rounds. */
  double[] microsPerEventRange() {
    double[] sorted = rounds.stream().mapToDouble(this::microsPerEvent).sorted().toArray();
    return new double[]{sorted[0], sorted[sorted.length - 1]};
  }

  /**
   * CPU time for an event in relation to another client's at the same load, in those rounds in which both were measured;
   * ascending.
   */
  double[] cpuRelativeTo(Row other) {
    return rounds.stream().flatMap(result -> other.rounds.stream().filter(its -> its.round() == result.round())
        .map(its -> microsPerEvent(result) / other.microsPerEvent(its))).mapToDouble(Double::doubleValue).sorted()
        .toArray();
  }

  private double microsPerEvent(Result result) {
    Outcome outcome = result.outcome().orElseThrow();
    return outcome.cost().microsPerEvent(events(outcome));
  }

  double requestsPerSecond() {
    return median(outcome -> outcome.reading().requestsPerSecond(truth));
  }

  double eventsPerSecond() {
    return median(outcome -> outcome.reading().eventsPerSecond(truth));
  }

  /** Reported mean, p50 and p99 beyond the truth. */
  Reading.Millis ttftError() {
    return error(outcome -> outcome.reading().ttft(), truth.ttftMillis());
  }

  /** Reported mean, p50 and p99 beyond the truth. */
  Reading.Millis itlError() {
    return error(outcome -> outcome.reading().itl(), truth.itlMillis());
  }

  private Reading.Millis error(Function<Outcome, Reading.Millis> metric, double truthMillis) {
    return new Reading.Millis(median(outcome -> metric.apply(outcome).mean()) - truthMillis,
        median(outcome -> metric.apply(outcome).p50()) - truthMillis,
        median(outcome -> metric.apply(outcome).p99()) - truthMillis);
  }

  double events(Outcome outcome) {
    return outcome.reading().completed() * (double) truth.tokens();
  }

  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
