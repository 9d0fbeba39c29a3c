package dev.attain.report;

import dev.attain.measurement.Attainment;
import dev.attain.measurement.Interval;
import dev.attain.measurement.Judgement;
import dev.attain.measurement.SampleSize;
import dev.attain.measurement.Verdict;
import dev.attain.results.Confidence;
import dev.attain.results.PointSummary;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What one deployment did at one load, over all repeats. Repeats pool their requests: shares and interval are those of
 * all requests together, and what each repeat proves adds up. Invalid repeats are left out; a load is invalid only when
 * all its repeats are.
 *
 * @param level requests per second, or users of a closed loop
 * @param points valid ones, or all of them when none is valid
 */
record RateResult(double level, Verdict verdict, Attainment attainment, List<PointSummary> points) {
  RateResult {
    points = List.copyOf(points);
  }

  /** One deployment's loads in ascending order. */
  static List<RateResult> of(List<PointSummary> summaries, String deployment) {
    return summaries.stream().filter(point -> point.deployment().equals(deployment))
        .collect(Collectors.groupingBy(PointSummary::level, TreeMap::new, Collectors.toList())).values().stream()
        .map(RateResult::ofRepeats).toList();
  }

  boolean valid() {
    return verdict != Verdict.INVALID;
  }

  private static RateResult ofRepeats(List<PointSummary> repeats) {
    List<PointSummary> valid = repeats.stream().filter(point -> point.verdict() != Verdict.INVALID).toList();
    List<PointSummary> used = valid.isEmpty() ? repeats : valid;
    PointSummary first = used.getFirst();
    if (used.size() == 1) {
      return new RateResult(first.level(), first.verdict(), first.attainment(), used);
    }
    Attainment pooled = pooled(used);
    Verdict verdict = valid.isEmpty()
        ? Verdict.INVALID
        : Judgement.of(pooled, size(used), doubts(used), List.of()).verdict();
    return new RateResult(first.level(), verdict, pooled, used);
  }

  private static Attainment pooled(Collection<PointSummary> points) {
    SampleSize size = size(points);
    double divisor = Math.max(1, size.planned());
    double both = met(points, Attainment::both) / divisor;
    Interval interval = size.interval(both);
    return new Attainment(both, met(points, Attainment::ttft) / divisor,
        met(points, Attainment::tpot) / divisor, interval.low(), interval.high(),
        points.iterator().next().attainment().target());
  }

  /** Whether requests of any repeat came faster than they could be answered. */
  boolean overloaded() {
    return points.stream().anyMatch(point -> point.confidence().filter(Confidence::overloaded).isPresent());
  }

  private static SampleSize size(Collection<PointSummary> points) {
    return points.stream().map(PointSummary::sampleSize).reduce(SampleSize.ofIndependent(0), SampleSize::plus);
  }

  private static List<String> doubts(Collection<PointSummary> points) {
    return points.stream().flatMap(point -> point.confidence().stream())
        .flatMap(confidence -> confidence.doubts().stream()).toList();
  }

  private static long met(Collection<PointSummary> points, ToDoubleFunction<Attainment> share) {
    return points.stream().mapToLong(point -> Math.round(share.applyAsDouble(point.attainment()) * point.planned()))
        .sum();
  }
}
