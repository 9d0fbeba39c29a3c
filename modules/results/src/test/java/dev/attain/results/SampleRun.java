package dev.attain.results;

import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import dev.attain.experiment.Point;
import dev.attain.measurement.Collector;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.Recorder;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** An invented run: what a coordinator would hand to this package. */
final class SampleRun {
  static final GeneratorFigures GENERATOR = GeneratorFigures.of(17.5,
      List.of(SampleGenerator.TELLING, SampleGenerator.TACITURN));
  static final Instant STARTED = Instant.parse("2026-11-22T06:55:52Z");
  static final Provenance PROVENANCE = new Provenance("0.1.0", "abc123", List.of("attain", "run", "sample.conf"));
  static final String HASH = "sha256:" + "0123456789abcdef".repeat(4);
  private static final long MILLI = 1_000_000;
  private static final long NEVER = RequestRecord.NEVER;
  private static final String COLOCATED = "{ name = colocated, kind = colocated, replicas = 2 }";
  private static final String DISAGGREGATED = "{ name = disaggregated, kind = disaggregated, prefill.instances = 1, decode.instances = 1 }";

  private SampleRun() {}

  static Experiment twoDeployments(Path folder) throws IOException {
    return experiment(folder, COLOCATED + ", " + DISAGGREGATED);
  }

  static Experiment oneDeployment(Path folder) throws IOException {
    return experiment(folder, COLOCATED);
  }

  /** Two users, who end by time. */
  static Experiment closedLoop(Path folder) throws IOException {
    return experiment(folder, "{ name = colocated, kind = colocated }", "concurrency = 2, duration = 4 s");
  }

  private static Experiment experiment(Path folder, String deployments) throws IOException {
    return experiment(folder, deployments, "rates = [2.5, 8], requests = 40");
  }

  private static Experiment experiment(Path folder, String deployments, String load) throws IOException {
    Path file = Files.writeString(Files.createDirectories(folder).resolve("sample.conf"), """
      name = sample
      dataset = synthetic
      seed = 7
      model.name = llama-3.1-8b
      load { %s }
      slo { ttft = 500 ms, tpot = 30 ms, target = 90 }
      deployments = [%s]
      """.formatted(load, deployments));
    try {
      return ExperimentReader.read(file, Map.of(), Map.of());
    } catch (ConfigurationException e) {
      throw new AssertionError(String.join("\n", e.problems()), e);
    }
  }

  /** Requests one every 100 ms; every tenth fails, every request that did not takes 60 ms and then 10 ms a token. */
  static final ConnectionFigures CONNECTIONS = new ConnectionFigures(3, 0.001, 0.002, 1);
  static final TokenFigures TOKENS = new TokenFigures(1.5, 7);

  static List<RequestRecord> records(int count) {
    var records = new ArrayList<RequestRecord>();
    for (int index = 0; index < count; index++) {
      records.add(index % 10 == 9 ? failed(index) : completed(index));
    }
    return records;
  }

  /** As {@link #records(int)}, 40 of them, and in two legs where the deployment has two sides. */
  static List<RequestRecord> recordsOf(String deployment) {
    return deployment.equals("disaggregated") ? records(40).stream().map(SampleRun::inTwoLegs).toList() : records(40);
  }

  /** The same with a prefill leg of 40 ms and a hand-over of 0.5 ms, unless it failed. */
  static RequestRecord inTwoLegs(RequestRecord it) {
    if (!it.completed()) {
      return it;
    }
    long prefillDone = it.sentNanos() + 40 * MILLI;
    return new RequestRecord(it.index(), it.promptTokens(), it.plannedOutputTokens(), it.outputTokens(),
        it.tokenEvents(), it.intendedNanos(), it.sentNanos(), prefillDone, prefillDone + MILLI / 2,
        it.firstByteNanos(), it.firstTokenNanos(), it.lastTokenNanos(), it.endNanos(), it.outcome(), "", 0, 0);
  }

  static RequestRecord completed(int index) {
    long intended = index * 100L * MILLI + 123;
    long first = intended + 60 * MILLI;
    return new RequestRecord(index, 32, 11, 11, 11, intended, intended + 7_001, NEVER, NEVER, first - 1, first,
        first + 100 * MILLI, first + 101 * MILLI, Outcome.COMPLETED, "", -1, index % 2);
  }

  static RequestRecord failed(int index) {
    return failed(index, "HTTP 500 \"oh no\", <b>");
  }

  static RequestRecord failed(int index, String reason) {
    long intended = index * 100L * MILLI;
    return new RequestRecord(index, 32, 11, 0, 0, intended, intended + 5_000, NEVER, NEVER, NEVER, NEVER, NEVER,
        intended + 20 * MILLI, Outcome.FAILED, reason, -1, index % 2);
  }

  static List<NodeRecord> onNode(String node, List<RequestRecord> records) {
    return records.stream().map(record -> new NodeRecord(node, record)).toList();
  }

  static Snapshot snapshot(Experiment experiment, List<RequestRecord> records, long planned) {
    var recorder = new Recorder(experiment.slo());
    for (RequestRecord record : records) {
      recorder.sent();
      for (int event = 1; event < record.tokenEvents(); event++) {
        recorder.tokenGap(10 * MILLI);
      }
      recorder.finished(record);
    }
    return new Collector(List.of(recorder), planned).snapshot();
  }

  /** One instance that tells everything, one that tells how many requests it has, and a GPU. */
  static ServerMeasurement server() {
    OptionalDouble none = OptionalDouble.empty();
    var all = new InstanceSamples("colocated-0", "colocated", "http://127.0.0.1:1", List.of(
        sample(-0.3, 0, 0, 0.0, 100), sample(1, 8, 2, 0.5, 100), sample(2, 12, 4, 0.75, 103), sample(9, 0, 0, 0, 104)));
    var little = new InstanceSamples("colocated-1", "colocated", "http://127.0.0.1:2", List.of(
        new ServerSample(1, OptionalDouble.of(3), none, none, none, none, none, none)));
    var gpu = new GpuSamples("node", 0, "colocated-0", List.of(
        new GpuSample(1, OptionalDouble.of(70_000), OptionalDouble.of(0.9), OptionalDouble.of(600)),
        new GpuSample(2, OptionalDouble.of(71_000), OptionalDouble.of(0.7), none)));
    return new ServerMeasurement(
        new ServerMetricsFile(PointSummary.SCHEMA_VERSION, 1, List.of(all, little), List.of(gpu)),
        Map.of("colocated", Map.of("queueTime", new ServerStage(0.1, 0.05, 0.2, 0.3, 36))));
  }

  private static ServerSample sample(double t, double running, double waiting, double kvUsage, double preemptions) {
    return new ServerSample(t, OptionalDouble.of(running), OptionalDouble.of(waiting), OptionalDouble.of(kvUsage),
        OptionalDouble.of(preemptions), OptionalDouble.of(1000 * t + 300), OptionalDouble.of(10 * t + 3),
        OptionalDouble.of(64));
  }

  /** Judges what two nodes sent, the even and the odd requests. */
  static PointSummary summary(Experiment experiment, Point point, List<RequestRecord> records, long planned,
      List<FailureCount> failures) {
    List<RequestRecord> even = records.stream().filter(record -> record.index() % 2 == 0).toList();
    List<RequestRecord> odd = records.stream().filter(record -> record.index() % 2 == 1).toList();
    var nodes = List.of(
        new NodeMeasurement("load-1", snapshot(experiment, even, (planned + 1) / 2), 0.0001, 0.00005),
        new NodeMeasurement("load-2", snapshot(experiment, odd, planned / 2), -0.002, 0.0001));
    return PointSummary.of(new PointMeasurement(point, HASH, experiment.target(), 4, 4.2, nodes,
        GENERATOR, failures, CONNECTIONS, TOKENS, List.of(), Map.of(), server(),
        Optional.of(confidence(experiment, point, records, planned)),
        Optional.of(new UnmeasuredFigures(12, 11))));
  }

  private static Confidence confidence(Experiment experiment, Point point, List<RequestRecord> records, long planned) {
    var outcomes = new OutcomeColumns(experiment.slo());
    records.forEach(outcomes::add);
    DeploymentFacts deployment = DeploymentFacts.of(experiment.deployments().getFirst());
    LoopKind loop = LoopKind.of(point.load());
    return Confidence.of(outcomes.ordered(planned, loop), Circumstances.of(experiment, deployment, loop));
  }

  /** Runs every planned point and ends well; returns the bundle's folder. */
  static Path write(Path root, Experiment experiment) throws IOException {
    try (BundleWriter bundle = BundleWriter.create(root, experiment, STARTED, PROVENANCE)) {
      bundle.recordNodes(List.of(nodeFacts("load-1")));
      bundle.recordClocks(List.of(new ClockFacts("load-1", 0.0001, 0.00005)));
      bundle.recordGpus(List.of(new GpuFacts("load-1", 0, "GPU-1", "H100", 85_899_345_920L, "570.1")));
      bundle.recordAssertions(
          List.of(new AssertionFacts("colocated.max-rate >= 8", AssertionFacts.Outcome.HOLDS, "at least 8 req/s")));
      for (var deployment : experiment.deployments()) {
        bundle.recordEngines(List.of(new EngineFacts(deployment.name(), "colocated-0", "colocated", "load-1",
            List.of("simulate", "--port", "1"), Map.of("UCX_TLS", "tcp"), "0.1.0", 1, List.of(0))));
        for (Point point : experiment.points(deployment)) {
          writePoint(bundle, experiment, point);
        }
      }
      bundle.complete();
      return bundle.folder();
    }
  }

  static void writePoint(BundleWriter bundle, Experiment experiment, Point point) throws IOException {
    List<RequestRecord> records = recordsOf(point.deployment());
    PointWriter writer = bundle.startPoint(point, HASH);
    writer.append(onNode("load-1", records.subList(0, 20)));
    writer.append(onNode("load-2", records.subList(20, 40)));
    Snapshot total = snapshot(experiment, records, 40);
    writer.timeline(TimelineRow.of(1, total));
    writer.serverMetrics(server().samples());
    writer.finish(summary(experiment, point, records, 40, writer.failures()), total.latencies());
  }

  private static NodeFacts nodeFacts(String id) {
    return new NodeFacts(id, "host-a", List.of("load"), "a processor", 4, 8L << 30, 256L << 20, "Linux 6", "25", 4711);
  }
}
