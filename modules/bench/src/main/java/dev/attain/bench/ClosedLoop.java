package dev.attain.bench;

import dev.attain.client.BodyField;
import dev.attain.client.ClientSettings;
import dev.attain.client.Dialect;
import dev.attain.client.LoadClient;
import dev.attain.client.LoadRun;
import dev.attain.client.PlannedUsers;
import dev.attain.client.Target;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Slo;
import dev.attain.selftest.FixedLoad;
import dev.attain.selftest.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * How many short requests a second one event loop sends in a closed loop to a server that answers at once: the work
 * behind {@code closed-loop.sh}. Runs once to warm up and three times to measure.
 */
final class ClosedLoop {
  private static final Slo SLO = new Slo(Duration.ofMillis(500), Duration.ofMillis(50));
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final long LEAD_NANOS = 100_000_000;
  private static final int ROUNDS = 4;

  private ClosedLoop() {}

  /** {@code SERVER_CPUS USERS SECONDS PROMPT_TOKENS}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path log = Files.createTempFile("attain-known-truth-server", ".log");
    var settings = new ClientSettings(Dialect.COMPLETIONS, "m", Duration.ofSeconds(5), PATIENCE, PATIENCE, 1,
        Optional.empty(), 1_000_000, Set.of(BodyField.IGNORE_EOS, BodyField.STREAM_OPTIONS));
    try (ServerProcess server = OwnProcesses.server(Duration.ZERO, Duration.ZERO, arguments[0], log);
        LoadClient client = LoadClient.open(settings, new Target.Colocated(List.of(server.uri())),
            NanoClock.system())) {
      for (int round = 0; round < ROUNDS; round++) {
        run(client, Integer.parseInt(arguments[1]), Duration.ofSeconds(Long.parseLong(arguments[2])),
            Integer.parseInt(arguments[3]), round);
      }
    } finally {
      Files.delete(log);
    }
  }

  private static void run(LoadClient client, int users, Duration length, int promptTokens, int round)
      throws InterruptedException {
    var plan = new PlannedUsers(users, IntStream.range(0, users).toArray(), new long[users], index -> 0,
        OptionalInt.empty(), length, Duration.ofSeconds(1));
    LoadRun run = client.prepare(plan, FixedLoad.workload(promptTokens, 1, round), "round-" + round, SLO);
    run.start(NanoClock.system().nanos() + LEAD_NANOS);
    for (long looks = length.plus(PATIENCE).dividedBy(LOOK); looks > 0 && !run.awaitFinished(LOOK); looks--) {
      run.takeFinished();
    }
    var snapshot = run.snapshot();
    Histogram lag = snapshot.latencies().of(LatencyMetric.SEND_LAG);
    double busy = run.load().busiestLoop();
    double perSecond = snapshot.counts().completed() / (double) length.toSeconds();
    System.out.printf(Locale.ROOT,
        "%s: %d users, %.0f requests/s, loop busy %.0f %% (%.0f requests/s of a whole core), not completed %d; send lag"
            + " p50 %d us, p99 %d us%n",
        round == 0 ? "warm-up" : "run " + round, users, perSecond, 100 * busy, perSecond / busy,
        snapshot.counts().planned() - snapshot.counts().completed(), lag.getValueAtPercentile(50),
        lag.getValueAtPercentile(99));
  }
}
