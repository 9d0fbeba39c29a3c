package dev.attain.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A bundle on disk, complete or not. Manifest and summaries are read once, at opening; records are read on demand.
 * Immutable and thread-safe.
 */
public final class Bundle {
  private final Path folder;
  private final Manifest manifest;
  private final List<PointSummary> summaries;
  private final Objectives objectivesOfTheRun;
  private final List<String> notices;
  private final Map<String, RequestTimes> times;

  private Bundle(Path folder, Manifest manifest, List<PointSummary> summaries) {
    this(folder, manifest, summaries, manifest.objectives(), List.of(), Map.of());
  }

  Bundle(Path folder, Manifest manifest, List<PointSummary> summaries, Objectives objectivesOfTheRun,
      List<String> notices, Map<String, RequestTimes> times) {
    this.folder = folder;
    this.manifest = manifest;
    this.summaries = List.copyOf(summaries);
    this.objectivesOfTheRun = objectivesOfTheRun;
    this.notices = List.copyOf(notices);
    this.times = Map.copyOf(times);
  }

  /**
   * Opens a bundle.
   *
   * @throws BundleException when the folder has no manifest, or a file of another schema version, or a file that cannot
   *   be read
   */
  public static Bundle open(Path folder) throws BundleException {
    Path file = folder.resolve(BundleWriter.MANIFEST);
    if (PlanBundle.isAt(folder)) {
      throw new BundleException(folder + " is the bundle of a plan, which has no measured requests");
    }
    Manifest manifest = Json.read(file, Manifest.class);
    var summaries = new ArrayList<PointSummary>();
    for (PointEntry point : manifest.points()) {
      Path summary = folder.resolve(point.path()).resolve(PointWriter.SUMMARY);
      if (Files.isRegularFile(summary)) {
        summaries.add(Json.read(summary, PointSummary.class));
      } else if (point.state() == PointState.FINISHED) {
        throw new BundleException(summary + " is missing, although the manifest calls the point finished");
      }
    }
    return new Bundle(folder, manifest, summaries);
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** What it is. */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * The same bundle judged by its records, at these objectives, which may be those of the run: its manifest and its
   * summaries are then what a run with these objectives would have written. Nothing on disk changes. What is invalid
   * stays so. Records that a bundle which is not complete has lost count as lost requests, and make their point invalid.
   * Reads every record once; memory grows with the number of requests of the largest point, some 200 bytes each, and with
   * 16 bytes of all others.
   *
   * @param objectives within the bounds of {@link dev.attain.measurement.Slo}, target above 0 and at most 1
   * @throws BundleException when no request succeeded, or records of a complete bundle are missing or cannot be read
   */
  public Bundle judgedBy(Objectives objectives) throws BundleException {
    return new BundleJudge(this, objectives).judged();
  }

  /** Those that the run had; not those of the manifest when the bundle was judged by others. */
  public Objectives objectivesOfTheRun() {
    return objectivesOfTheRun;
  }

  /** What a judgement found out about the records, a sentence each; empty when there was none or all was well. */
  public List<String> notices() {
    return notices;
  }

  /** The content of {@code summary.csv}: a line for each point that has a summary. */
  public String summaryTable() {
    return SummaryTable.of(summaries);
  }

  /** Those of a point's requests, when a judgement has read them. */
  Optional<RequestTimes> times(PointSummary point) {
    return Optional.ofNullable(times.get(point.point()));
  }

  Path requests(PointEntry point) {
    return folder.resolve(point.path()).resolve(PointWriter.REQUESTS);
  }

  /** Of the points that have one, in the manifest's order. */
  public List<PointSummary> summaries() {
    return summaries;
  }

  /**
   * What a search for the highest load has found; empty for the bundle of a run, and when the bundle is judged by other
   * objectives than those of the search.
   *
   * @throws BundleException when the file cannot be read
   */
  public Optional<FoundLoads> foundLoads() throws BundleException {
    Path file = folder.resolve(BundleWriter.FOUND);
    return Files.isRegularFile(file) && manifest.objectives().equals(objectivesOfTheRun)
        ? Optional.of(Json.read(file, FoundLoads.class))
        : Optional.empty();
  }

  /**
   * What the engines said of themselves during a point; empty for a point that has not got that far.
   *
   * @throws BundleException when the file cannot be read
   */
  public Optional<ServerMetricsFile> serverMetrics(PointEntry point) throws BundleException {
    Path file = folder.resolve(point.path()).resolve(PointWriter.SERVER_METRICS);
    return Files.isRegularFile(file) ? Optional.of(Json.read(file, ServerMetricsFile.class)) : Optional.empty();
  }

  /**
   * The point second by second; empty for one that never started.
   *
   * @throws BundleException when the file cannot be read
   */
  public List<TimelineRow> timeline(PointEntry point) throws BundleException {
    return TimelineRow.read(folder.resolve(point.path()).resolve(PointWriter.TIMELINE));
  }

  /**
   * The merged distributions of a point's latencies by the metrics' names; empty for a point that was not finished.
   *
   * @throws BundleException when the file cannot be read
   */
  public Map<String, Distribution> distributions(PointEntry point) throws BundleException {
    return Distribution.read(folder.resolve(point.path()).resolve(PointWriter.HISTOGRAMS));
  }

  /**
   * The records of a point in the order they arrived; whoever asks closes the stream. Empty for a point that never
   * started; a file that a crash cut off gives everything before the cut. Memory does not grow with the file.
   *
   * @throws BundleException when the file cannot be opened; the stream itself throws
   *   {@link java.io.UncheckedIOException} on a damaged line
   */
  public Stream<NodeRecord> records(PointEntry point) throws BundleException {
    Path file = requests(point);
    if (!Files.isRegularFile(file)) {
      return Stream.empty();
    }
    try {
      return RequestFile.read(file);
    } catch (IOException e) {
      throw new BundleException(file + ": cannot be read: " + e, e);
    }
  }
}
