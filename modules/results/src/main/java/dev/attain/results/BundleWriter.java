package dev.attain.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Point;
import dev.attain.measurement.Latencies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a bundle while its experiment runs. The manifest says {@code complete: false} from the first moment and is
 * replaced atomically whenever something becomes known, so that a crash at any time leaves a bundle that can be read.
 * Thread-safe; calls wait for each other. Methods throw {@link IOException} when the disk refuses.
 */
public final class BundleWriter implements AutoCloseable {
  static final String MANIFEST = "manifest.json";
  static final String FOUND = "find-rate.json";
  private static final String ASSERT = "assert";

  private final Path resultsRoot;
  private final Path folder;
  private final Experiment experiment;
  private final JsonNode configuration;
  private final Instant startedAt;
  private final Provenance provenance;
  private final List<DeploymentFacts> deployments;
  private final Map<String, PointEntry> points = new LinkedHashMap<>();
  private final Map<String, PointWriter> open = new LinkedHashMap<>();
  private final List<PointSummary> summaries = new ArrayList<>();
  private final List<EngineFacts> engines = new ArrayList<>();
  private List<NodeFacts> nodes = List.of();
  private List<ClockFacts> clocks = List.of();
  private List<GpuFacts> gpus = List.of();
  private List<AssertionFacts> assertions = List.of();
  private String model;
  private boolean ended;

  private BundleWriter(Path resultsRoot, Path folder, Experiment experiment, Instant startedAt, Provenance provenance)
      throws IOException {
    this.resultsRoot = resultsRoot;
    this.folder = folder;
    this.experiment = experiment;
    this.configuration = Json.tree(experiment.resolved().json());
    this.startedAt = startedAt;
    this.provenance = provenance;
    this.model = experiment.model().name();
    this.deployments = experiment.deployments().stream().map(DeploymentFacts::of).toList();
    for (Deployment deployment : experiment.deployments()) {
      experiment.points(deployment).forEach(point -> points.put(point.id(), planned(point)));
    }
  }

  /**
   * Makes the bundle's folder, {@code <root>/<dataset>/<name>_<yyyyMMdd_HHmmss>/} in local time, with a number behind
   * it when it exists already, and the first manifest in it, which lists every planned point.
   *
   * @throws IOException when the folder cannot be made or written; the message names it and the way out
   */
  public static BundleWriter create(Path resultsRoot, Experiment experiment, Instant startedAt, Provenance provenance)
      throws IOException {
    try {
      var writer = new BundleWriter(resultsRoot,
          BundleFolder.create(resultsRoot, experiment.dataset(), experiment.name(), startedAt), experiment, startedAt,
          provenance);
      Files.createDirectories(writer.logs());
      writer.writeManifest(false, "", Optional.empty());
      return writer;
    } catch (IOException e) {
      throw BundleFolder.unwritable(resultsRoot, experiment.dataset(), e);
    }
  }

  /**
   * The bundle of a search that may go on.
   *
   * @throws BundleException when it is complete, is none of a search, or has another configuration; one sentence
   */
  public static Bundle resumable(Path folder, Experiment experiment) throws BundleException {
    Bundle bundle = Bundle.open(folder);
    if (!Files.isRegularFile(folder.resolve(FOUND))) {
      throw new BundleException(folder + " is not the bundle of a search: it has no " + FOUND);
    }
    if (bundle.manifest().complete()) {
      throw new BundleException(folder + " is complete; there is nothing to go on with");
    }
    var difference = Difference.of(measured(bundle.manifest().configuration()), measured(configuration(experiment)));
    if (difference.isPresent()) {
      throw new BundleException(folder + " was measured with another configuration: " + difference.get().words()
          + "; go on with the same one, or start anew without --resume");
    }
    return bundle;
  }

  /** What is asserted of an answer changes nothing of what is measured. */
  private static JsonNode measured(JsonNode configuration) {
    return configuration.<ObjectNode>deepCopy().without(ASSERT);
  }

  private static JsonNode configuration(Experiment experiment) throws BundleException {
    try {
      return Json.tree(experiment.resolved().json());
    } catch (IOException e) {
      throw new BundleException("the configuration cannot be compared: " + e.getMessage(), e);
    }
  }

  /**
   * Goes on in the bundle of a search: what is finished stays, what was begun is written anew.
   *
   * @throws IOException when it cannot be read or written
   */
  public static BundleWriter resume(Path folder, Experiment experiment) throws IOException {
    Bundle bundle;
    try {
      bundle = resumable(folder, experiment);
    } catch (BundleException e) {
      throw new IOException(e.getMessage(), e);
    }
    Manifest manifest = bundle.manifest();
    Path root = folder.toAbsolutePath().normalize().getParent().getParent();
    var writer = new BundleWriter(root, folder.toAbsolutePath().normalize(), experiment,
        manifest.startedAt(), manifest.provenance());
    writer.takeOver(manifest, bundle.summaries());
    Files.createDirectories(writer.logs());
    writer.writeManifest(false, "", Optional.empty());
    return writer;
  }

  private synchronized void takeOver(Manifest manifest, List<PointSummary> finished) {
    manifest.points().stream().filter(point -> point.state() == PointState.FINISHED)
        .forEach(point -> points.put(point.point(), point));
    summaries.addAll(finished);
    engines.addAll(manifest.engines());
    nodes = manifest.nodes();
    clocks = manifest.clocks();
    gpus = manifest.gpus();
  }

  /** The bundle. */
  public Path folder() {
    return folder;
  }

  /** Where logs of engines and nodes go; exists. */
  public Path logs() {
    return folder.resolve("logs");
  }

  /** Replaces what is known about the nodes. */
  public synchronized void recordNodes(List<NodeFacts> facts) throws IOException {
    nodes = List.copyOf(facts);
    update();
  }

  /** Replaces what is known about the nodes' clocks. */
  public synchronized void recordClocks(List<ClockFacts> facts) throws IOException {
    clocks = List.copyOf(facts);
    update();
  }

  /** Adds instances as they were started. */
  public synchronized void recordEngines(List<EngineFacts> facts) throws IOException {
    // Of a deployment that comes up again, after a search was cut off, the newest processes count.
    engines.removeIf(known -> facts.stream().anyMatch(fact -> fact.deployment().equals(known.deployment())
        && fact.instance().equals(known.instance())));
    engines.addAll(facts);
    update();
  }

  /** Replaces the inventory of GPUs. */
  public synchronized void recordGpus(List<GpuFacts> facts) throws IOException {
    gpus = List.copyOf(facts);
    update();
  }

  /** Replaces the outcome of the configuration's assertions. */
  public synchronized void recordAssertions(List<AssertionFacts> facts) throws IOException {
    assertions = List.copyOf(facts);
    update();
  }

  /** The name the engine serves the model under, for an experiment that left it to the engine. */
  public synchronized void recordModel(String servedName) throws IOException {
    model = servedName;
    update();
  }

  /**
   * Opens a point's folder. A point that was not planned is added to the manifest.
   *
   * @param scheduleHash as every node computed it
   */
  public synchronized PointWriter startPoint(Point point, String scheduleHash) throws IOException {
    PointEntry entry = points.getOrDefault(point.id(), planned(point)).started(scheduleHash);
    points.put(point.id(), entry);
    PointWriter writer = PointWriter.create(this, entry,
        Circumstances.of(experiment, facts(entry.deployment()), entry.loop()), folder.resolve(entry.path()));
    open.put(point.id(), writer);
    update();
    return writer;
  }

  /** Replaces what a search has found. */
  public synchronized void recordFound(FoundLoads found) throws IOException {
    AtomicFile.write(folder.resolve(FOUND), Json.pretty(found));
  }

  /** Ends the run well: everything is written, and the manifest says so. */
  public void complete() throws IOException {
    end(true, "");
  }

  /** Ends the run early; {@code why} is a sentence for the reader. Nothing that was written is lost. */
  public void incomplete(String why) throws IOException {
    end(false, why);
  }

  /** Ends the run early, unless it has ended. */
  @Override
  public void close() throws IOException {
    end(false, "the run ended without saying why");
  }

  synchronized void finished(PointEntry entry, PointSummary summary) throws IOException {
    open.remove(entry.point());
    points.put(entry.point(), entry.finished(summary.verdict()));
    summaries.removeIf(earlier -> earlier.point().equals(summary.point()));
    summaries.add(summary);
    AtomicFile.write(folder.resolve("summary.csv"), SummaryTable.of(summaries).getBytes(StandardCharsets.UTF_8));
    update();
  }

  void writeVllmResult(PointSummary summary, Latencies latencies, RequestColumns requests) throws IOException {
    DeploymentFacts deployment = facts(summary.deployment());
    Path file = deploymentFolder(summary.deployment())
        .resolve(VllmResult.fileName(summary));
    var result = new VllmResult(experiment, deployment, model, summary, latencies, requests);
    AtomicFile.write(file, out -> result.writeTo(out, Instant.now()));
  }

  private DeploymentFacts facts(String deployment) {
    return deployments.stream().filter(it -> it.name().equals(deployment)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no deployment is named " + deployment));
  }

  Instant startedAt() {
    return startedAt;
  }

  private void end(boolean complete, String why) throws IOException {
    // Not under the lock: a point that is just being finished needs it to get out of the way.
    for (PointWriter writer : openWriters()) {
      writer.close();
    }
    synchronized (this) {
      if (!ended) {
        Manifest manifest = writeManifest(complete, why, Optional.of(Instant.now()));
        ended = true;
        RunIndex.append(resultsRoot, resultsRoot.relativize(folder).toString().replace('\\', '/'), manifest);
      }
    }
  }

  private synchronized List<PointWriter> openWriters() {
    return List.copyOf(open.values());
  }

  /** What becomes known after the end changes nothing: a manifest that says complete stays. */
  private void update() throws IOException {
    if (!ended) {
      writeManifest(false, "", Optional.empty());
    }
  }

  private Manifest writeManifest(boolean complete, String why, Optional<Instant> finishedAt) throws IOException {
    var manifest = new Manifest(PointSummary.SCHEMA_VERSION, complete, why, experiment.name(), experiment.dataset(),
        model, experiment.workload().description(), ExperimentWords.arrivals(experiment), experiment.seed(),
        startedAt, finishedAt, Objectives.of(experiment.slo(), experiment.target()), ExperimentWords.limits(experiment),
        provenance,
        deployments, nodes, clocks, engines, gpus, List.copyOf(points.values()), assertions,
        experiment.resolved().source().toString(), configuration);
    AtomicFile.write(folder.resolve(MANIFEST), Json.pretty(manifest));
    return manifest;
  }

  private PointEntry planned(Point point) {
    Path path = deploymentFolder(point.deployment()).resolve("points").resolve(point.id());
    return new PointEntry(point.deployment(), point.id(), folder.relativize(path).toString().replace('\\', '/'),
        Optional.empty(), PointState.PLANNED, LoopKind.of(point.load()), PointSummary.rate(point.load()),
        PointSummary.users(point.load()), point.repeat(), point.seed(), "");
  }

  private Path deploymentFolder(String deployment) {
    return deployments.size() == 1 ? folder : folder.resolve(deployment);
  }
}
