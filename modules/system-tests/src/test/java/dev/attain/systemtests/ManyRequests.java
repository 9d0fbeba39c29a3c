package dev.attain.systemtests;

import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import dev.attain.experiment.Load;
import dev.attain.experiment.Point;
import dev.attain.measurement.Collector;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.Recorder;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Sending;
import dev.attain.results.BundleWriter;
import dev.attain.results.GeneratorFigures;
import dev.attain.results.NodeMeasurement;
import dev.attain.results.NodeRecord;
import dev.attain.results.PointMeasurement;
import dev.attain.results.PointSummary;
import dev.attain.results.PointWriter;
import dev.attain.results.Provenance;
import dev.attain.results.ServerMeasurement;
import dev.attain.results.ServerMetricsFile;
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
 * A bundle with as many invented records as one likes: each point is a queue with a single server in virtual time, which
 * takes 8 ms on average. One request in a thousand fails, is given up or was never sent. Memory grows as it does in a run.
 */
final class ManyRequests {
  private static final int BATCH = 10_000;
  private static final double SERVICE_SECONDS = 0.008;
  private static final long NEVER = RequestRecord.NEVER;
  private static final List<Outcome> WITHOUT_SUCCESS = List.of(Outcome.FAILED, Outcome.TIMED_OUT, Outcome.UNSENT);

  private final Path folder;
  private final String rates;
  private final int requestsOfEachPoint;

  /** @param rates of both deployments, as in a configuration: {@code 60, 110} */
  ManyRequests(Path folder, String rates, int requestsOfEachPoint) {
    this.folder = folder;
    this.rates = rates;
    this.requestsOfEachPoint = requestsOfEachPoint;
  }

  /** By hand: {@code FOLDER RATES REQUESTS-OF-EACH-POINT}; prints the bundle's folder. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(new ManyRequests(Path.of(arguments[0]), arguments[1], Integer.parseInt(arguments[2])).write());
  }

  /** Writes it and returns its folder. */
  Path write() throws IOException {
    Experiment experiment = experiment();
    try (BundleWriter bundle = BundleWriter.create(folder.resolve("results"), experiment,
        Instant.parse("2026-11-22T06:55:52Z"), new Provenance("0.1.0", "abc123", List.of("attain", "run")))) {
      for (var deployment : experiment.deployments()) {
        for (Point point : experiment.points(deployment)) {
          write(bundle, experiment, point);
        }
      }
      bundle.complete();
      return bundle.folder();
    }
  }

  private Experiment experiment() throws IOException {
    Path file = Files.writeString(Files.createDirectories(folder).resolve("many.conf"), """
      name = many
      dataset = synthetic
      model.name = llama-3.1-8b
      load { rates = [%s], requests = %d }
      slo { ttft = 50 ms, tpot = 12 ms, target = 90 }
      deployments = [
        { name = colocated, kind = colocated, replicas = 2 }
        { name = disaggregated, kind = disaggregated, prefill.instances = 1, decode.instances = 1 }
      ]
      """.formatted(rates, requestsOfEachPoint));
    try {
      return ExperimentReader.read(file, Map.of(), Map.of());
    } catch (ConfigurationException e) {
      throw new AssertionError(String.join("\n", e.problems()), e);
    }
  }

  private void write(BundleWriter bundle, Experiment experiment, Point point) throws IOException {
    double rate = ((Load.Rate) point.load()).perSecond();
    var recorder = new Recorder(experiment.slo());
    PointWriter writer = bundle.startPoint(point, "sha256:" + rate);
    var queue = new Queue(rate, point.deployment().equals("disaggregated"));
    for (int from = 0; from < requestsOfEachPoint; from += BATCH) {
      var lines = new ArrayList<NodeRecord>();
      for (int index = from; index < Math.min(from + BATCH, requestsOfEachPoint); index++) {
        RequestRecord record = queue.next(index);
        if (record.outcome() != Outcome.UNSENT) {
          recorder.sent();
        }
        recorder.finished(record);
        lines.add(new NodeRecord("load-1", record));
      }
      writer.append(lines);
    }
    var node = new NodeMeasurement("load-1", new Collector(List.of(recorder), requestsOfEachPoint).snapshot(), 0, 0);
    double seconds = requestsOfEachPoint / rate;
    writer.finish(PointSummary.of(new PointMeasurement(point, "sha256:" + rate, experiment.target(), seconds, seconds,
        List.of(node), GeneratorFigures.of(10, List.of()), writer.failures(), writer.connections(), writer.tokens(),
        List.of(), Map.of(), new ServerMeasurement(ServerMetricsFile.none(), Map.of()),
        Optional.of(writer.confidence(requestsOfEachPoint)), Optional.empty())), node.newest().latencies());
  }

  /** The requests of a point, one after the other. */
  private static final class Queue {
    private final SplittableRandom random = new SplittableRandom(11);
    private final double rate;
    private final boolean twoLegs;
    private double now;
    private double free;

    Queue(double rate, boolean twoLegs) {
      this.rate = rate;
      this.twoLegs = twoLegs;
    }

    RequestRecord next(int index) {
      now += exponential(1 / rate);
      free = Math.max(free, now) + exponential(SERVICE_SECONDS);
      long intended = Math.round(now * 1e9);
      long sent = intended + 20_000 + random.nextInt(30_000);
      if (index % 1000 == 999) {
        return unsuccessful(index, intended, sent, WITHOUT_SUCCESS.get(index / 1000 % 3));
      }
      int tokens = 2 + random.nextInt(254);
      long first = sent + 1_000_000 + Math.round((free - now) * 1e9);
      long last = first + Math.round((0.005 + 0.008 * random.nextDouble()) * (tokens - 1) * 1e9);
      long prefillDone = twoLegs ? sent + (first - sent) / 2 : NEVER;
      long decodeSent = twoLegs ? prefillDone + 100_000 : NEVER;
      return new RequestRecord(index, 512 + index % 1024, tokens, tokens, tokens, intended, intended, sent, prefillDone,
          decodeSent, first - 10_000, first, last, last + 5_000, Outcome.COMPLETED, "", twoLegs ? 0 : -1, 0, tokens,
          new Sending(intended + 10_000, sent + 15_000, 0, NEVER, 1_234_567, false));
    }

    private static RequestRecord unsuccessful(int index, long intended, long sent, Outcome outcome) {
      boolean was = outcome != Outcome.UNSENT;
      return new RequestRecord(index, 512, 128, 0, 0, intended, was ? sent : NEVER, NEVER, NEVER, NEVER, NEVER, NEVER,
          was ? sent + 30_000_000 : NEVER, outcome, "HTTP 503", -1, 0);
    }

    private double exponential(double mean) {
      return -Math.log(1 - random.nextDouble()) * mean;
    }
  }
}
