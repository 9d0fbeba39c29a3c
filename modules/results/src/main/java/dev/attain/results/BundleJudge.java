package dev.attain.results;

import dev.attain.measurement.Counts;
import dev.attain.measurement.Slo;
import dev.attain.measurement.Verdict;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges the points of a bundle by their records. Used once. */
final class BundleJudge {
  private static final double LAG_PERCENT = 2;

  private final Bundle bundle;
  private final Manifest manifest;
  private final Objectives objectives;
  private final Slo slo;
  private final Map<String, PointSummary> measured;
  private final Map<String, PointSummary> judged = new LinkedHashMap<>();
  private final Map<String, RequestTimes> times = new LinkedHashMap<>();
  private final List<String> notices = new ArrayList<>();
  private long completed;

  BundleJudge(Bundle bundle, Objectives objectives) {
    this.bundle = bundle;
    this.manifest = bundle.manifest();
    this.objectives = objectives;
    this.slo = objectives.slo();
    this.measured = bundle.summaries().stream().collect(Collectors.toMap(PointSummary::point, it -> it));
  }

  Bundle judged() throws BundleException {
    for (PointEntry point : manifest.points()) {
      PointSummary summary = measured.get(point.point());
      if (summary != null) {
        judge(point, summary);
      } else if (Files.isRegularFile(bundle.requests(point))) {
        describe(point);
      }
    }
    if (completed == 0) {
      throw new BundleException("no request of " + bundle.folder() + " succeeded, so that there is nothing to judge"
          + judged.values().stream().flatMap(it -> it.failures().stream()).findFirst()
              .map(it -> " (" + it.count() + " of a point ended as " + it.reason() + ")").orElse(""));
    }
    List<PointEntry> entries = manifest.points().stream()
        .map(
            it -> Optional.ofNullable(judged.get(it.point())).map(summary -> it.finished(summary.verdict())).orElse(it))
        .toList();
    return new Bundle(bundle.folder(), manifest.judgedBy(objectives, entries), List.copyOf(judged.values()),
        bundle.objectivesOfTheRun(), notices, times);
  }

  private void judge(PointEntry point, PointSummary summary) throws BundleException {
    var recorded = new RecordedPoint(slo);
    RecordFile read = RecordFile.forEach(bundle.requests(point), recorded::add);
    List<String> missing = missing(point, summary, recorded.counts(), read).stream().toList();
    missing.forEach(sentence -> notices.add(bundle.requests(point) + ": " + sentence
        + "; the others count as lost, and the point is INVALID."));
    PointSummary again = recorded.summary(summary, circumstances(summary), objectives.target(), missing);
    judged.put(point.point(), again);
    times.put(point.point(), recorded.times(summary));
    completed += again.completed();
    lateness(again).ifPresent(notices::add);
  }

  /** What the records lack of what the point counted; a complete bundle that lacks anything is refused. */
  private Optional<String> missing(PointEntry point, PointSummary summary, Counts counts, RecordFile read)
      throws BundleException {
    // Of a lost node neither its last count nor its last records need have arrived, and not always the same of both.
    boolean all = summary.lost() > 0
        ? read.damage().isEmpty() && counts.planned() <= summary.planned()
        : counts.completed() == summary.completed() && counts.failed() == summary.failed()
            && counts.timedOut() == summary.timedOut() && counts.unsent() == summary.unsent();
    if (all) {
      return Optional.empty();
    }
    String readable = read.readable(summary.planned() - summary.lost());
    if (manifest.complete() || counts.planned() > summary.planned()) {
      throw new BundleException(bundle.requests(point) + ": " + readable
          + ": it was cut off or is not of this point; take a whole copy of the bundle");
    }
    return Optional.of(readable);
  }

  /** A point that has no summary has no verdict either, because nobody knows which requests were still to come. */
  private void describe(PointEntry point) {
    var recorded = new RecordedPoint(slo);
    RecordFile read = RecordFile.forEach(bundle.requests(point), recorded::add);
    Counts counts = recorded.counts();
    completed += counts.completed();
    notices.add(String.format(Locale.ROOT,
        "%s was not finished and has no verdict: %d of its requests are on record%s, of which %d completed and %d met both"
            + " objectives.",
        point.point(), read.records(), read.damage().isEmpty() ? "" : " (" + read.damage() + ")", counts.completed(),
        counts.metBoth()));
  }

  /** A tighter objective than the run's may be one that the generator was not punctual enough for. */
  private Optional<String> lateness(PointSummary point) {
    double allowed = objectives.ttft() / 100
        * manifest.configuration().path("validity").path("send-lag-percent-of-ttft").asDouble(LAG_PERCENT);
    boolean late = objectives.ttft() < bundle.objectivesOfTheRun().ttft() && point.sendLag().p99() > allowed;
    return late && point.verdict() != Verdict.INVALID
        ? Optional.of(String.format(Locale.ROOT,
            "%s: the generator was %.3g ms late at the 99th percentile, which is within the run's limit but much for this"
                + " TTFT objective; it makes latencies longer, not shorter.",
            point.point(), point.sendLag().p99() * 1e3))
        : Optional.empty();
  }

  private Circumstances circumstances(PointSummary point) {
    int instances = manifest.deployment(point.deployment()).map(DeploymentFacts::sharing).orElse(1);
    return new Circumstances(slo, point.loop(), steadyLoad(point), instances);
  }

  private boolean steadyLoad(PointSummary point) {
    return point.confidence().map(it -> it.steadyState().isPresent())
        .orElse(point.loop() == LoopKind.CLOSED || manifest.steadyRate());
  }
}
