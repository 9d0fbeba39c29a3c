package dev.attain.selftest;

import dev.attain.client.BodyField;
import dev.attain.client.ClientSettings;
import dev.attain.client.Dialect;
import dev.attain.client.GeneratorLoad;
import dev.attain.client.LoadClient;
import dev.attain.client.LoadRun;
import dev.attain.client.Target;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import dev.attain.measurement.Snapshot;
import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.Extent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** The load client of a node, as it is, in front of a server whose delays are known. For one thread. */
final class Client implements AutoCloseable {
  private static final String MODEL = "known-truth";
  private static final int PROMPT_TOKENS = 128;
  private static final int MOST_IN_FLIGHT = 1_000_000;
  private static final Duration AFTER_PATIENCE = Duration.ofSeconds(10);
  private static final long LEAD_NANOS = 100_000_000;
  private static final double NANOS_PER_MICRO = 1000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Slo SLO = new Slo(Duration.ofSeconds(1), Duration.ofMillis(100));

  private final NanoClock clock;
  private final Truth truth;
  private final ServerProcess server;
  private final LoadClient client;
  private final Duration patience;
  private long seed;

  /** @param patience how long one answer may take, and how much longer than planned a load */
  Client(int eventLoops, Truth truth, ServerProcess server, Duration patience, NanoClock clock) {
    this.patience = patience;
    this.clock = clock;
    this.truth = truth;
    this.server = server;
    ClientSettings settings = new ClientSettings(Dialect.COMPLETIONS, MODEL, Duration.ofSeconds(5), patience, patience,
        eventLoops, Optional.empty(), MOST_IN_FLIGHT, Set.of(BodyField.IGNORE_EOS, BodyField.STREAM_OPTIONS));
    this.client = LoadClient.open(settings, new Target.Colocated(List.of(server.uri())), clock);
  }

  /** Poisson arrivals at this rate for this long; returns when the last answer is whole, or is given up. */
  Rung offer(double requestsPerSecond, int tokens, Duration duration) throws IOException, InterruptedException {
    server.report();
    long origin = clock.nanos() + LEAD_NANOS;
    LoadRun run = start(requestsPerSecond, tokens, new ArrivalProcess.Poisson(), duration, origin);
    await(run, duration);
    double seconds = (clock.nanos() - origin) / NANOS_PER_SECOND;
    return rung(requestsPerSecond, tokens, run, seconds);
  }

  /** Evenly spaced arrivals, started and returned at once. */
  LoadRun begin(double requestsPerSecond, int tokens, Duration duration) {
    return start(requestsPerSecond, tokens, new ArrivalProcess.Constant(), duration,
        clock.nanos() + LEAD_NANOS);
  }

  private LoadRun start(double requestsPerSecond, int tokens, ArrivalProcess process, Duration duration,
      long originNanos) {
    seed++;
    LoadRun run = new FixedLoad(process, requestsPerSecond, new Extent.Time(duration), seed, PROMPT_TOKENS, tokens)
        .prepare(client, SLO);
    run.start(originNanos);
    return run;
  }

  /** Until every request has an outcome; those that take too long are given up. */
  void await(LoadRun run, Duration duration) throws InterruptedException {
    if (!run.awaitFinished(duration.plus(patience))) {
      run.abandonInFlight("it took more than " + patience.toSeconds() + " s longer than planned");
      run.awaitFinished(AFTER_PATIENCE);
    }
  }

  private Rung rung(double requestsPerSecond, int tokens, LoadRun run, double seconds)
      throws IOException, InterruptedException {
    Snapshot snapshot = run.snapshot();
    GeneratorLoad load = run.load();
    String problem = run.takeFinished().stream().map(RequestRecord::reason).filter(reason -> !reason.isEmpty())
        .findFirst().orElse("");
    return new Rung(requestsPerSecond, tokens, snapshot.counts().planned(), snapshot.counts().completed(), problem,
        snapshot.counts().completed() / seconds, deviation(snapshot, LatencyMetric.TTFT, truth.ttft()),
        deviation(snapshot, LatencyMetric.ITL, truth.itl()), p99(snapshot.latencies().of(LatencyMetric.SEND_LAG)),
        load.cpuMicrosPerEvent(), load.busiestLoop(), load.gcPauseMaxNanos() / NANOS_PER_MICRO, server.report());
  }

  private static Deviation deviation(Snapshot snapshot, LatencyMetric metric, Duration truth) {
    return Deviation.of(snapshot.latencies().of(metric), truth.toNanos() / NANOS_PER_MICRO);
  }

  private static double p99(Histogram micros) {
    return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(99);
  }

  @Override
  public void close() {
    client.close();
  }
}
