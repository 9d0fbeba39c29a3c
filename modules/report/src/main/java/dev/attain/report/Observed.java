package dev.attain.report;

import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.Distribution;
import dev.attain.results.NodeRecord;
import dev.attain.results.PointEntry;
import dev.attain.results.PointSummary;
import dev.attain.results.ServerMetricsFile;
import dev.attain.results.TimelineRow;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What lies beside the summary of a point: its course and its distributions. What cannot be read is left out and named.
 *
 * @param rows the point second by second: by its records and the objectives of the bundle, or without records by its
 *        timeline
 * @param due when requests were due, in seconds from the point's start, ascending; empty without records
 * @param sent when they were sent, likewise; without those that never were
 * @param distributions by the names of their metrics
 * @param problems what could not be read, a sentence each
 */
record Observed(PointSummary point, List<TimelineRow> rows, double[] due, double[] sent,
    Map<String, Distribution> distributions, ServerMetricsFile server, List<String> problems) {

  /** Of all points that have a summary, in their order; on all processors, because records are many. */
  static List<Observed> of(Bundle bundle) {
    return bundle.summaries().parallelStream().map(point -> of(bundle, point)).toList();
  }

  private static Observed of(Bundle bundle, PointSummary point) {
    var problems = new ArrayList<String>();
    PointEntry entry = bundle.manifest().points().stream().filter(it -> it.point().equals(point.point())).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the manifest has no point " + point.point()));
    Stamps stamps = read(() -> stamps(bundle, entry), Stamps.none(), problems);
    List<TimelineRow> rows = stamps.due().length > 0
        ? stamps.rows()
        : read(() -> bundle.timeline(entry), List.of(), problems);
    return new Observed(point, rows, stamps.due(), stamps.sent(),
        read(() -> bundle.distributions(entry), Map.of(), problems),
        read(() -> bundle.serverMetrics(entry).orElseGet(ServerMetricsFile::none), ServerMetricsFile.none(), problems),
        problems);
  }

  /** How long the point was, in seconds: until its last request ended or somebody last looked. */
  double seconds() {
    return Math.max(point.durationSeconds(), rows.isEmpty() ? 0 : rows.getLast().seconds());
  }

  private static Stamps stamps(Bundle bundle, PointEntry entry) throws BundleException {
    try (Stream<NodeRecord> records = bundle.records(entry)) {
      return Stamps.of(records, bundle.manifest().objectives().slo());
    }
  }

  /** Something read from a bundle. */
  private interface Reading<T> {
    T read() throws BundleException;
  }

  private static <T> T read(Reading<T> reading, T otherwise, List<String> problems) {
    try {
      return reading.read();
    } catch (BundleException | UncheckedIOException e) {
      problems.add(Sentence.of(e.getMessage()) + ".");
      return otherwise;
    }
  }
}
