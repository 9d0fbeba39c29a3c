package dev.attain.cli;

import dev.attain.client.Unmeasured;
import dev.attain.cluster.ClockReading;
import dev.attain.cluster.PointOutcome;
import dev.attain.cluster.RunEvent;
import dev.attain.cluster.RunObserver;
import dev.attain.engines.Gpu;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.Point;
import dev.attain.measurement.Verdict;
import dev.attain.results.BundleWriter;
import dev.attain.results.ClockFacts;
import dev.attain.results.EngineFacts;
import dev.attain.results.GpuFacts;
import dev.attain.results.NodeFacts;
import dev.attain.results.NodeMeasurement;
import dev.attain.results.NodeRecord;
import dev.attain.results.PointMeasurement;
import dev.attain.results.PointSummary;
import dev.attain.results.PointWriter;
import dev.attain.results.ServerMeasurement;
import dev.attain.results.TimelineRow;
import dev.attain.results.UnmeasuredFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes what happens in a run into its bundle, as it happens. */
final class BundleKeeper implements RunObserver {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Experiment experiment;
  private final BundleWriter bundle;
  private record OpenPoint(Point point, PointWriter writer) {}

  private final Map<String, List<GpuFacts>> gpus = new LinkedHashMap<>();
  private Optional<OpenPoint> open = Optional.empty();
  private final Judged judged;
  private boolean everythingValid = true;

  /** Hears of every point that was judged, once it is in the bundle. */
  @FunctionalInterface
  interface Judged {
    void hear(PointSummary summary) throws IOException;
  }

  BundleKeeper(Experiment experiment, BundleWriter bundle) {
    this(experiment, bundle, summary -> {});
  }

  BundleKeeper(Experiment experiment, BundleWriter bundle, Judged judged) {
    this.experiment = experiment;
    this.bundle = bundle;
    this.judged = judged;
  }

  /** Whether every point so far was measured and is not INVALID. */
  boolean everythingValid() {
    return everythingValid;
  }

  @Override
  public void on(RunEvent event) {
    try {
      write(event);
    } catch (IOException e) {
      throw new UncheckedIOException("results could not be written to " + bundle.folder() + ": " + e.getMessage(), e);
    }
  }

  private void write(RunEvent event) throws IOException {
    switch (event) {
      case RunEvent.NodesReady ready -> bundle.recordNodes(nodeFacts(ready));
      case RunEvent.GpusFound found -> {
        gpus.put(found.node(), found.gpus().stream().map(gpu -> gpuFacts(found.node(), gpu)).toList());
        bundle.recordGpus(gpus.values().stream().flatMap(List::stream).toList());
      }
      case RunEvent.EngineUp up -> bundle.recordEngines(List.of(engineFacts(up)));
      case RunEvent.RouterUp up -> bundle.recordEngines(List.of(new EngineFacts(up.deployment(), "router", "router",
          up.node(), up.command(), Map.of(), "", 0, List.of())));
      case RunEvent.PointStarted started -> {
        bundle.recordClocks(started.clocks().entrySet().stream().map(BundleKeeper::clockFacts).toList());
        open = Optional.of(new OpenPoint(started.point(), bundle.startPoint(started.point(), started.scheduleHash())));
      }
      case RunEvent.RecordsArrived arrived -> writer(arrived.point()).append(
          arrived.records().stream().map(record -> new NodeRecord(arrived.node(), record)).toList());
      case RunEvent.Live live ->
        writer(live.point()).timeline(TimelineRow.of(live.elapsed().toNanos() / NANOS_PER_SECOND,
            live.total()));
      case RunEvent.PointFinished finished -> finish(finished.outcome());
      case RunEvent.PointSkipped skipped -> everythingValid = false;
      case RunEvent.NodesJoining other -> {}
      case RunEvent.Deploying other -> {}
      case RunEvent.EnginesStarting other -> {}
      case RunEvent.WarmingUp other -> {}
      case RunEvent.Noted other -> {}
    }
  }

  /** Records that come too late for their point must not get into the next one's file. */
  private PointWriter writer(Point point) {
    return open.filter(current -> current.point().equals(point)).map(OpenPoint::writer)
        .orElseThrow(() -> new IllegalStateException(point.id() + " is not being measured"));
  }

  private void finish(PointOutcome outcome) throws IOException {
    PointWriter writer = writer(outcome.point());
    List<NodeMeasurement> nodes = new ArrayList<>();
    for (PointOutcome.NodeOutcome node : outcome.nodes()) {
      nodes.add(new NodeMeasurement(node.node(), node.last(), seconds(node.clock().offsetNanos()),
          seconds(node.clock().boundNanos())));
    }
    ServerMeasurement server = ServerFacts.of(outcome.server());
    long planned = outcome.counts().planned();
    PointSummary summary = PointSummary.of(new PointMeasurement(outcome.point(), outcome.scheduleHash(),
        experiment.target(),
        seconds(experiment.load().offered(outcome.point().load()).orElse(outcome.measured()).toNanos()),
        outcome.measured().toNanos() / NANOS_PER_SECOND, nodes, GeneratorFacts.of(outcome),
        writer.failures(), writer.connections(), writer.tokens(), outcome.invalidReasons(), outcome.kvTransfer(),
        server, Optional.of(writer.confidence(planned)), unmeasured(outcome.unmeasured())));
    everythingValid &= summary.verdict() != Verdict.INVALID;
    writer.serverMetrics(server.samples());
    writer.finish(summary, outcome.latencies());
    open = Optional.empty();
    judged.hear(summary);
  }

  private Optional<UnmeasuredFigures> unmeasured(Unmeasured around) {
    return experiment.load().lead().any()
        ? Optional.of(new UnmeasuredFigures(around.sent(), around.completed()))
        : Optional.empty();
  }

  private static List<NodeFacts> nodeFacts(RunEvent.NodesReady ready) {
    return ready.facts().entrySet().stream().map(entry -> {
      var facts = entry.getValue();
      return new NodeFacts(entry.getKey(), facts.host(), facts.roles(), facts.processor(), facts.processors(),
          facts.memoryBytes(), facts.heapBytes(), facts.operatingSystem(), facts.java(), facts.processId());
    }).toList();
  }

  private static EngineFacts engineFacts(RunEvent.EngineUp up) {
    return new EngineFacts(up.deployment(), up.instance(), up.role().name().toLowerCase(Locale.ROOT), up.node(),
        up.command(), up.environment(), up.version(), up.tensorParallel(), up.gpus());
  }

  private static GpuFacts gpuFacts(String node, Gpu gpu) {
    return new GpuFacts(node, gpu.index(), gpu.uuid(), gpu.name(), (long) gpu.memoryMebibytes() << 20, gpu.driver());
  }

  /** The bundle counts the other way round: what to add to the node's clock to get the coordinator's. */
  private static ClockFacts clockFacts(Map.Entry<String, ClockReading> reading) {
    return new ClockFacts(reading.getKey(), seconds(-reading.getValue().offsetNanos()),
        seconds(reading.getValue().boundNanos()));
  }

  private static double seconds(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }
}
