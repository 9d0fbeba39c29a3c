package dev.attain.report;

import dev.attain.measurement.Judgement;
import dev.attain.measurement.Percentiles;
import dev.attain.measurement.Verdict;
import dev.attain.results.Bundle;
import dev.attain.results.Confidence;
import dev.attain.results.DeploymentFacts;
import dev.attain.results.Manifest;
import dev.attain.results.Objectives;
import dev.attain.results.PointEntry;
import dev.attain.results.PointState;
import dev.attain.results.PointSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a bundle says in short: its state, a sentence for each deployment, and the table of verdicts. */
final class Findings {
  private final Manifest manifest;
  private final List<PointSummary> summaries;
  private final LoadUnit unit;
  private final Objectives objectivesOfTheRun;
  private final List<String> aboutRecords;
  private final Map<String, List<RateResult>> results = new LinkedHashMap<>();
  private final Map<String, String> found;

  Findings(Bundle bundle) {
    this.found = FoundSentence.byDeployment(bundle);
    this.manifest = bundle.manifest();
    this.summaries = bundle.summaries();
    this.objectivesOfTheRun = bundle.objectivesOfTheRun();
    this.aboutRecords = bundle.notices();
    this.unit = LoadUnit.of(manifest);
    manifest.deployments()
        .forEach(deployment -> results.put(deployment.name(), RateResult.of(summaries, deployment.name())));
  }

  LoadUnit unit() {
    return unit;
  }

  /** What must not be overlooked, before anything else is said. */
  List<String> notices() {
    return Stream.of(otherObjectives().stream(), incomplete().stream(), closedLoop().stream(), aboutRecords.stream())
        .flatMap(sentences -> sentences).toList();
  }

  /** Objectives in a clause, with all digits that they may differ in. */
  static String words(Objectives objectives) {
    return Numbers.objective(objectives.target() * 100) + " % of requests with TTFT within "
        + time(objectives.ttft()) + " and TPOT within " + time(objectives.tpot());
  }

  private static String time(double seconds) {
    return seconds < 1 ? Numbers.objective(seconds * 1e3) + " ms" : Numbers.objective(seconds) + " s";
  }

  private Optional<String> otherObjectives() {
    return manifest.objectives().equals(objectivesOfTheRun)
        ? Optional.empty()
        : Optional.of("Judged by other objectives than the run's: " + words(manifest.objectives()) + ". The run had "
            + words(objectivesOfTheRun) + ".");
  }

  /** Present when somebody might take the points for more than they are: they are those of a closed loop. */
  Optional<String> closedLoop() {
    return unit == LoadUnit.USERS ? Optional.of(LoadUnit.CLOSED_LOOP) : Optional.empty();
  }

  /** By deployment in the manifest's order, loads ascending. */
  Map<String, List<RateResult>> results() {
    return results;
  }

  /** The lowest load at which a deployment misses, where the answer turns; without one the highest; if any. */
  OptionalDouble tellingLevel() {
    OptionalDouble turning = results.values().stream().flatMap(List::stream)
        .filter(result -> result.verdict() == Verdict.FAIL).mapToDouble(RateResult::level).min();
    return turning.isPresent() ? turning : summaries.stream().mapToDouble(PointSummary::level).max();
  }

  /** Present when the bundle is not complete: why, and how far it came. */
  Optional<String> incomplete() {
    if (manifest.complete()) {
      return Optional.empty();
    }
    long finished = manifest.points().stream().filter(point -> point.state() == PointState.FINISHED).count();
    String why = manifest.incompleteReason().isEmpty()
        ? "its program was killed or is still running"
        : manifest.incompleteReason();
    return Optional.of("This bundle is incomplete: " + why + ". " + finished + " of " + manifest.points().size()
        + " points were finished.");
  }

  /** One for each deployment. */
  List<String> sentences() {
    return manifest.deployments().stream().map(
        deployment -> found.containsKey(deployment.name())
            ? found.get(deployment.name())
            : finding(deployment).sentence())
        .toList();
  }

  /** What a reader of the sentences must bear in mind, a sentence each; empty when nothing. */
  List<String> warnings() {
    return Certainty.warnings(manifest, inOrder());
  }

  /** One row for each finished point. */
  Table verdicts() {
    boolean repeats = summaries.stream().anyMatch(point -> point.repeat() > 1);
    var table = Table.titled("deployment", "#" + unit.symbol(), "verdict", "#attainment", "#95 %", "#goodput",
        "#TTFT p50",
        "#TTFT p99",
        "#TPOT p50", "#TPOT p99", "#failed", "remark");
    for (PointSummary point : inOrder()) {
      String rate = Numbers.exact(point.level()) + (repeats ? " #" + point.repeat() : "");
      Percentiles ttft = point.ttft();
      Percentiles tpot = point.tpot();
      table.row(point.deployment(), rate, new Table.Cell(point.verdict().name(), Tone.of(point.verdict())),
          Numbers.percent(point.attainment().both()),
          Numbers.interval(point.attainment().low(), point.attainment().high()), Numbers.plain(point.goodput()),
          latency(ttft, ttft.p50()), latency(ttft, ttft.p99()), latency(tpot, tpot.p50()), latency(tpot, tpot.p99()),
          point.planned() - point.completed(), remark(point));
    }
    return table.build();
  }

  /** What one deployment showed, which the experiment has. */
  Finding finding(String deployment) {
    return finding(manifest.deployment(deployment).orElseThrow());
  }

  private Finding finding(DeploymentFacts deployment) {
    List<RateResult> measured = results.get(deployment.name());
    var missing = new TreeSet<Double>();
    manifest.points().stream().filter(point -> point.deployment().equals(deployment.name()))
        .map(PointEntry::level).forEach(missing::add);
    measured.forEach(result -> missing.remove(result.level()));
    return new Finding(deployment, manifest.objectives(), unit, measured, List.copyOf(missing));
  }

  private List<PointSummary> inOrder() {
    return results.keySet().stream()
        .flatMap(deployment -> summaries.stream().filter(point -> point.deployment().equals(deployment))).toList();
  }

  private static String latency(Percentiles percentiles, double seconds) {
    return percentiles.count() == 0 ? "-" : Numbers.seconds(seconds);
  }

  /** Only what the rest of the row does not show: an undecided interval is in the row. */
  private static String remark(PointSummary point) {
    if (point.verdict() == Verdict.INVALID) {
      return String.join("; ", point.reasons());
    }
    var remarks = new ArrayList<String>();
    if (point.confidence().filter(Confidence::overloaded).isPresent()) {
      remarks.add("overloaded");
    }
    boolean straddles = point.attainment().low() < point.attainment().target();
    if (point.verdict() == Verdict.UNDECIDED && straddles) {
      remarks.add("interval straddles the target" + Judgement.further(point.attainment(), point.sampleSize()).stream()
          .mapToObj(further -> "; about " + further + " more requests").findFirst().orElse(""));
    }
    return String.join("; ", remarks);
  }
}
