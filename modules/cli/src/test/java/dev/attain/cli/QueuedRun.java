package dev.attain.cli;

import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import dev.attain.experiment.Load;
import dev.attain.experiment.Point;
import dev.attain.measurement.Collector;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.Recorder;
import dev.attain.measurement.RequestRecord;
import dev.attain.results.BundleWriter;
import dev.attain.results.ConnectionFigures;
import dev.attain.results.GeneratorFigures;
import dev.attain.results.NodeMeasurement;
import dev.attain.results.NodeRecord;
import dev.attain.results.PointMeasurement;
import dev.attain.results.PointSummary;
import dev.attain.results.PointWriter;
import dev.attain.results.Provenance;
import dev.attain.results.ServerMeasurement;
import dev.attain.results.ServerMetricsFile;
import dev.attain.results.TokenFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A bundle of two deployments, each a queue with a single server in virtual time, at the same arrivals. The colocated one
 * takes 100 ms for a request, the disaggregated one 75 ms: it sustains 4/3 of the rate, in wider limits of TTFT.
 */
final class QueuedRun {
  private static final long MILLI = 1_000_000;
  private static final long NEVER = RequestRecord.NEVER;

  private final Path folder;
  private String rates = "4, 6, 8, 10, 12, 14";
  private int requests = 400;
  private String model = "llama-3.1-8b";
  private double ttft = 500;
  private boolean failing;
  private boolean dying;
  private String disaggregated = "{ name = disaggregated, kind = disaggregated, prefill.instances = 1, decode.instances = 1 }";

  QueuedRun(Path folder) {
    this.folder = folder;
  }

  QueuedRun at(String otherRates) {
    rates = otherRates;
    return this;
  }

  /** Requests of each point. */
  QueuedRun withRequests(int count) {
    requests = count;
    return this;
  }

  QueuedRun of(String otherModel) {
    model = otherModel;
    return this;
  }

  QueuedRun within(double ttftMillis) {
    ttft = ttftMillis;
    return this;
  }

  /** Without the disaggregated deployment. */
  QueuedRun colocatedOnly() {
    disaggregated = "";
    return this;
  }

  /** Every request of every point. */
  QueuedRun failing() {
    failing = true;
    return this;
  }

  /** With its program killed before the third point was over. */
  QueuedRun dyingInTheThirdPoint() {
    dying = true;
    return this;
  }

  /** Writes it and returns its folder. */
  Path write() throws IOException {
    Experiment experiment = experiment();
    try (BundleWriter bundle = BundleWriter.create(folder.resolve("results"), experiment,
        Instant.parse("2026-11-22T06:55:52Z"), new Provenance("0.1.0", "abc123", List.of("attain", "run")))) {
      List<Point> points = experiment.deployments().stream().flatMap(it -> experiment.points(it).stream()).toList();
      for (Point point : dying ? points.subList(0, 2) : points) {
        write(bundle, experiment, point);
      }
      if (dying) {
        start(bundle, points.get(2), records(points.get(2)));
      } else {
        bundle.complete();
      }
      return bundle.folder();
    }
  }

  private Experiment experiment() throws IOException {
    Path file = Files.writeString(Files.createDirectories(folder).resolve("queues.conf"), """
      name = queues
      dataset = synthetic
      model.name = %s
      load { rates = [%s], requests = %d }
      slo { ttft = %s ms, tpot = 30 ms, target = 90 }
      deployments = [
        { name = colocated, kind = colocated, replicas = 2 }
        %s
      ]
      """.formatted(model, rates, requests, ttft, disaggregated));
    try {
      return ExperimentReader.read(file, Map.of(), Map.of());
    } catch (ConfigurationException e) {
      throw new AssertionError(String.join("\n", e.problems()), e);
    }
  }

  private void write(BundleWriter bundle, Experiment experiment, Point point) throws IOException {
    double rate = rate(point);
    List<RequestRecord> records = records(point);
    var recorder = new Recorder(experiment.slo());
    records.forEach(record -> {
      recorder.sent();
      recorder.finished(record);
    });
    var node = new NodeMeasurement("load-1", new Collector(List.of(recorder), requests).snapshot(), 0, 0);
    PointWriter writer = start(bundle, point, records);
    double seconds = requests / rate;
    writer.finish(PointSummary.of(new PointMeasurement(point, "sha256:" + rate, experiment.target(), seconds, seconds,
        List.of(node), GeneratorFigures.of(10, List.of()), writer.failures(), new ConnectionFigures(0, 0, 0, 0),
        new TokenFigures(1, 1), List.of(), Map.of(), new ServerMeasurement(ServerMetricsFile.none(), Map.of()),
        Optional.empty(), Optional.empty())),
        node.newest().latencies());
  }

  private static PointWriter start(BundleWriter bundle, Point point, List<RequestRecord> records) throws IOException {
    PointWriter writer = bundle.startPoint(point, "sha256:" + rate(point));
    writer.append(records.stream().map(record -> new NodeRecord("load-1", record)).toList());
    return writer;
  }

  private static double rate(Point point) {
    return ((Load.Rate) point.load()).perSecond();
  }

  private List<RequestRecord> records(Point point) {
    return failing ? failures() : records(rate(point), point.deployment().equals("colocated") ? 0.100 : 0.075);
  }

  private List<RequestRecord> records(double rate, double service) {
    var random = new SplittableRandom(11);
    var records = new ArrayList<RequestRecord>();
    double now = 0;
    double free = 0;
    for (int index = 0; index < requests; index++) {
      now += -Math.log(1 - random.nextDouble()) / rate;
      free = Math.max(free, now) + service;
      long intended = Math.round(now * 1e9);
      long first = Math.round(free * 1e9);
      long last = first + 100 * MILLI;
      records.add(new RequestRecord(index, 32, 11, 11, 11, intended, intended + 1000, NEVER, NEVER, first - 1, first,
          last, last, Outcome.COMPLETED, "", -1, 0));
    }
    return records;
  }

  private List<RequestRecord> failures() {
    var records = new ArrayList<RequestRecord>();
    for (int index = 0; index < requests; index++) {
      records
          .add(new RequestRecord(index, 32, 11, 0, 0, index * MILLI, index * MILLI + 1000, NEVER, NEVER, NEVER, NEVER,
              NEVER, index * MILLI + 5000, Outcome.FAILED, "HTTP 500", -1, 0));
    }
    return records;
  }
}
