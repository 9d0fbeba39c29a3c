package dev.attain.results;

import dev.attain.measurement.Latencies;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the folder of one point while it runs. Records and timeline are on disk as soon as {@link #append} or
 * {@link #timeline} returns. Thread-safe; calls wait for each other. Calls after {@link #finish} or {@link #close} are
 * errors of the caller.
 */
public final class PointWriter implements AutoCloseable {
  static final String REQUESTS = "requests.jsonl.gz";
  static final String SUMMARY = "summary.json";
  static final String SERVER_METRICS = "server-metrics.json";
  static final String TIMELINE = "timeline.csv";
  static final String HISTOGRAMS = "histograms.hlog";

  private final BundleWriter bundle;
  private final PointEntry entry;
  private final Path folder;
  private final RequestFile requests;
  private final BufferedWriter timeline;
  private final RequestTotals totals = new RequestTotals();
  private final Circumstances circumstances;
  private final OutcomeColumns outcomes;
  private boolean open = true;

  private PointWriter(BundleWriter bundle, PointEntry entry, Circumstances circumstances, Path folder,
      RequestFile requests, BufferedWriter timeline) {
    this.bundle = bundle;
    this.entry = entry;
    this.folder = folder;
    this.requests = requests;
    this.timeline = timeline;
    this.circumstances = circumstances;
    this.outcomes = new OutcomeColumns(circumstances.slo());
  }

  static PointWriter create(BundleWriter bundle, PointEntry entry, Circumstances circumstances, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    // Of a point that is measured again: its old verdict must not stand beside its new requests.
    Files.deleteIfExists(folder.resolve(SUMMARY));
    BufferedWriter timeline = Files.newBufferedWriter(folder.resolve(TIMELINE));
    timeline.write(TimelineRow.HEADER + "\n");
    timeline.flush();
    return new PointWriter(bundle, entry, circumstances, folder, RequestFile.create(folder.resolve(REQUESTS)),
        timeline);
  }

  /** Where the point's files are. */
  public Path folder() {
    return folder;
  }

  /** Appends records in the order they arrive, which need not be the order of the plan. */
  public synchronized void append(List<NodeRecord> records) throws IOException {
    requests.append(records);
    for (NodeRecord line : records) {
      totals.add(line.record());
      outcomes.add(line.record());
    }
  }

  /** Appends a row, usually once a second. */
  public synchronized void timeline(TimelineRow row) throws IOException {
    timeline.write(row.line() + "\n");
    timeline.flush();
  }

  /** Why appended requests did not complete, the most frequent reason first; the rare ones together at the end. */
  public synchronized List<FailureCount> failures() {
    return totals.failures();
  }

  /** What connections cost the appended requests. */
  public synchronized ConnectionFigures connections() {
    return totals.connections();
  }

  /** How the tokens of the appended requests came. */
  public synchronized TokenFigures tokens() {
    return totals.tokens();
  }

  /**
   * What the appended requests prove.
   *
   * @param planned number of requests; those without a record count as misses
   */
  public synchronized Confidence confidence(long planned) {
    return Confidence.of(outcomes.ordered(planned, circumstances.loop()), circumstances);
  }

  /** Keeps what the engines said of themselves. */
  public synchronized void serverMetrics(ServerMetricsFile samples) throws IOException {
    AtomicFile.write(folder.resolve(SERVER_METRICS), Json.MAPPER.writeValueAsBytes(samples));
  }

  /**
   * Ends the point: histograms, the export for other tools, and the summary, each by an atomic rename, the summary
   * last; then the manifest names the verdict.
   *
   * @param latencies merged over all nodes
   */
  public synchronized void finish(PointSummary summary, Latencies latencies) throws IOException {
    close();
    AtomicFile.write(folder.resolve(HISTOGRAMS),
        out -> HistogramLog.write(latencies, bundle.startedAt(), summary.durationSeconds(), out));
    bundle.writeVllmResult(summary, latencies, RequestColumns.read(folder.resolve(REQUESTS), summary.planned()));
    AtomicFile.write(folder.resolve(SUMMARY), Json.pretty(summary));
    bundle.finished(entry, summary);
  }

  /** Closes the files of a point that will not be finished; what was written stays. */
  @Override
  public synchronized void close() throws IOException {
    if (open) {
      open = false;
      try (timeline; requests) {
        timeline.flush();
      }
    }
  }
}
