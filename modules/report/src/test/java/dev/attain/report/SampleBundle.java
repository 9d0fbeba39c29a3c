package dev.attain.report;

import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import dev.attain.experiment.Load;
import dev.attain.experiment.Point;
import dev.attain.measurement.Attainment;
import dev.attain.measurement.Interval;
import dev.attain.measurement.Judgement;
import dev.attain.measurement.Latencies;
import dev.attain.measurement.Percentiles;
import dev.attain.measurement.SampleSize;
import dev.attain.results.Bounds;
import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.BundleWriter;
import dev.attain.results.Confidence;
import dev.attain.results.ConnectionFigures;
import dev.attain.results.EngineFacts;
import dev.attain.results.FailureCount;
import dev.attain.results.FoundLoad;
import dev.attain.results.FoundLoads;
import dev.attain.results.GeneratorFigures;
import dev.attain.results.LoopKind;
import dev.attain.results.NodeFacts;
import dev.attain.results.NodeSummary;
import dev.attain.results.Objectives;
import dev.attain.results.PointSummary;
import dev.attain.results.PointWriter;
import dev.attain.results.Provenance;
import dev.attain.results.ServerMetricsFile;
import dev.attain.results.ServerSummary;
import dev.attain.results.Stage;
import dev.attain.results.SteadyFigures;
import dev.attain.results.Throughput;
import dev.attain.results.TimelineRow;
import dev.attain.results.TokenFigures;
import dev.attain.statistics.Overload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Bundles with invented results, written by the real writer. */
final class SampleBundle {
  private static final Instant STARTED = Instant.parse("2026-11-22T06:55:52Z");
  private static final long PLANNED = 400;

  private final BundleWriter writer;
  private ServerMetricsFile samples = ServerMetricsFile.none();
  private ServerSummary server = new ServerSummary(List.of(), List.of(), OptionalDouble.empty(), Map.of());
  private Optional<Confidence> confidence = Optional.empty();
  private Map<String, Double> kvTransfer = Map.of();
  private Percentiles waits = new Percentiles(0, 0, 0, 0, 0, 0, 0, 0);
  private GeneratorFigures generator = GeneratorFigures.of(17.4, List.of());
  private boolean recorded;
  private final Experiment experiment;

  /** @param rates as in a configuration: {@code 8, 16} */
  SampleBundle(Path folder, String rates, int repeats) throws IOException {
    this(folder, "rates", rates, repeats);
  }

  /** As the bundle of a search that began with 8 requests per second. */
  SampleBundle found(FoundLoad load) throws IOException {
    writer
        .recordFound(new FoundLoads(1, LoopKind.OPEN, Objectives.of(experiment.slo(), experiment.target()), 8, 0.5, 128,
            0.05, PLANNED, 4, Optional.empty(), Optional.empty(), List.of(load)));
    return this;
  }

  /** @param users as in a configuration: {@code 8, 64} */
  static SampleBundle closedLoop(Path folder, String users) throws IOException {
    return new SampleBundle(folder, "concurrency", users, 1);
  }

  private SampleBundle(Path folder, String key, String loads, int repeats) throws IOException {
    Path file = Files.writeString(folder.resolve("sample.conf"), """
      name = quickstart
      dataset = azure-conversation
      model.name = llama-3.1-8b
      load { %s = [%s], repeats = %d, requests = %d }
      slo { ttft = 500 ms, tpot = 30 ms, target = 90 }
      deployments = [
        { name = colocated, kind = colocated, replicas = 2 }
        { name = disaggregated, kind = disaggregated, prefill.instances = 1, decode.instances = 1 }
      ]
      """.formatted(key, loads, repeats, PLANNED));
    try {
      experiment = ExperimentReader.read(file, Map.of(), Map.of());
    } catch (ConfigurationException e) {
      throw new AssertionError(String.join("\n", e.problems()), e);
    }
    writer = BundleWriter.create(folder.resolve("results"), experiment, STARTED,
        new Provenance("0.1.0", "abc1234", List.of("attain", "run", "conf/quickstart.conf")));
    writer.recordNodes(List.of(nodeFacts("load-1"),
        nodeFacts("load-2")));
    writer.recordEngines(List.of(new EngineFacts("disaggregated", "prefill-0", "prefill", "coordinator",
        List.of("attain", "simulate-engine", "--port", "8100", "--kv-transfer-config", "{\"a\":1}"), Map.of(), "0.1.0",
        1,
        List.of())));
  }

  /** What engines say of the points that follow. */
  SampleBundle seen(ServerMetricsFile samplesOfPoint, ServerSummary summaryOfPoint) {
    samples = samplesOfPoint;
    server = summaryOfPoint;
    return this;
  }

  /** What the load nodes say of themselves in the points that follow. */
  SampleBundle watched(GeneratorFigures figures) {
    generator = figures;
    return this;
  }

  /** What the requests of the points that follow prove: as many independent ones, and whether they were too many. */
  SampleBundle proving(double independent, boolean overloaded) {
    var bounds = Map.of("p50", new Bounds(Optional.of(0.09), Optional.of(0.11)), "p90",
        new Bounds(Optional.of(0.15), Optional.of(0.25)), "p99", new Bounds(Optional.of(0.3), Optional.empty()));
    confidence = Optional.of(new Confidence(independent, bounds, bounds,
        Optional.of(new SteadyFigures(35, true, overloaded ? "rising" : "none", overloaded ? 0.001 : 0.5)),
        Optional.of(overloaded ? new Overload(true, 12, 87, 0.9, 0.1) : new Overload(false, 12, 13, 0.9, 0.9)),
        List.of()));
    return this;
  }

  /** The points that follow have records, a timeline and histograms too. */
  SampleBundle recorded() {
    recorded = true;
    return this;
  }

  /** What was counted about KV transfer in the points that follow. */
  SampleBundle transferring(Map<String, Double> figures) {
    kvTransfer = figures;
    return this;
  }

  /** A point whose share of requests meeting both objectives is {@code both}; TTFT and TPOT in seconds. */
  SampleBundle point(String deployment, double rate, double both, double ttft, double tpot) throws IOException {
    return finish(deployment, rate, 1, both, ttft, tpot, List.of());
  }

  SampleBundle point(String deployment, double rate, double both) throws IOException {
    return point(deployment, rate, both, 0.1, 0.02);
  }

  SampleBundle repeat(String deployment, double rate, int repeat, double both) throws IOException {
    return finish(deployment, rate, repeat, both, 0.1, 0.02, List.of());
  }

  SampleBundle invalid(String deployment, double rate, double both, String reason) throws IOException {
    return finish(deployment, rate, 1, both, 0.1, 0.02, List.of(reason));
  }

  /** From here on so many requests of each point waited for others to end, half a second at the median. */
  SampleBundle waiting(long requests) {
    waits = new Percentiles(0.6, 0.5, 1, 1.2, 2, 2.5, 3, requests);
    return this;
  }

  Bundle complete() throws IOException, BundleException {
    writer.complete();
    return Bundle.open(writer.folder());
  }

  Bundle incomplete(String why) throws IOException, BundleException {
    writer.incomplete(why);
    return Bundle.open(writer.folder());
  }

  Bundle running() throws BundleException {
    return Bundle.open(writer.folder());
  }

  private SampleBundle finish(String deployment, double rate, int repeat, double both, double ttft, double tpot,
      List<String> invalid) throws IOException {
    Deployment of = experiment.deployments().stream().filter(it -> it.name().equals(deployment)).findFirst()
        .orElseThrow();
    Point point = experiment.points(of).stream().filter(it -> level(it) == rate && it.repeat() == repeat).findFirst()
        .orElseThrow();
    PointWriter pointWriter = writer.startPoint(point, "sha256:" + "0".repeat(64));
    pointWriter.serverMetrics(samples);
    Latencies latencies = Latencies.empty();
    if (recorded) {
      var course = new SampleCourse(PLANNED, level(point), met(both), ttft, tpot);
      pointWriter.append(course.records());
      for (TimelineRow row : course.rows()) {
        pointWriter.timeline(row);
      }
      latencies = course.latencies();
    }
    pointWriter.finish(summary(point, both, ttft, tpot, invalid), latencies);
    return this;
  }

  private PointSummary summary(Point point, double both, double ttft, double tpot, List<String> invalid) {
    long met = met(both);
    double share = met / (double) PLANNED;
    SampleSize size = confidence.map(it -> it.size(PLANNED)).orElseGet(() -> SampleSize.ofIndependent(PLANNED));
    Interval interval = size.interval(share);
    double better = Math.min(1, share + 0.02);
    var attainment = new Attainment(share, better, Math.min(1, share + 0.05), interval.low(), interval.high(), 0.9);
    boolean closed = point.load() instanceof Load.Concurrency;
    Judgement judgement = Judgement.of(attainment, size,
        confidence.map(Confidence::doubts).orElse(List.of()), invalid);
    var nodes = List.of(new NodeSummary("load-1", 200, 198, 2, 0, 0, 0, 0.0001, 0.00004),
        new NodeSummary("load-2", 200, 200, 0, 0, 0, 0, -0.0004, 0.00006));
    return new PointSummary(PointSummary.SCHEMA_VERSION, point.deployment(), point.id(),
        closed ? LoopKind.CLOSED : LoopKind.OPEN, closed ? Optional.empty() : Optional.of(level(point)),
        closed ? Optional.of((int) level(point)) : Optional.empty(), point.repeat(),
        point.seed(), "sha256:" + "0".repeat(64), judgement.verdict(), judgement.reasons(), PLANNED, 398, 2, 0, 0, 0,
        attainment, level(point) * share, new Throughput(level(point), level(point) * 200, level(point) * 1200),
        spread(ttft), spread(ttft), spread(tpot), spread(tpot * 2), spread(tpot), spread(ttft + 200 * tpot),
        spread(tpot * 1.1),
        spread(0.00008), waits, point.deployment().equals("disaggregated") ? stages(ttft) : Map.of(), nodes,
        generator, kvTransfer, server, PLANNED / level(point),
        PLANNED / level(point),
        List.of(new FailureCount("FAILED: HTTP 500 <oops> & more", 2)), Map.of(),
        Optional.of(new ConnectionFigures(37, 0.0012, 0.0345, 1)), Optional.of(new TokenFigures(2.25, 4321)),
        confidence, Optional.empty());
  }

  private static long met(double both) {
    return Math.round(both * PLANNED);
  }

  private static double level(Point point) {
    return switch (point.load()) {
      case Load.Rate rate -> rate.perSecond();
      case Load.Concurrency concurrency -> concurrency.users();
    };
  }

  private static Map<String, Stage> stages(double ttft) {
    var stages = new LinkedHashMap<String, Stage>();
    stages.put("prefillLeg", stage(ttft, 0.7));
    stages.put("handOver", stage(ttft, 0.05));
    stages.put("decodeFirst", stage(ttft, 0.25));
    return stages;
  }

  private static Stage stage(double ttft, double share) {
    Percentiles it = spread(ttft * share);
    return new Stage(it.mean(), it.p50(), it.p90(), it.p95(), it.p99(), it.p999(), it.max(), it.count(), share);
  }

  private static Percentiles spread(double median) {
    return new Percentiles(median * 1.2, median, median * 2, median * 2.4, median * 4, median * 5, median * 6, 398);
  }

  private static NodeFacts nodeFacts(String id) {
    return new NodeFacts(id, "host-a", List.of("load"), "a processor", 4, 8L << 30, 256L << 20, "Linux 6", "25", 4711);
  }
}
