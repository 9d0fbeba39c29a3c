package dev.attain.client;

import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.NanoClock;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * How many short requests a second one event loop sends in a closed loop to a server process that answers at once.
 * Arguments, all optional: {@code USERS SECONDS PROMPT_TOKENS SERVER_CPU}; the client's own core is chosen with
 * {@code taskset} around this process. Runs once to warm up and three times to measure.
 */
final class ClosedLoopBenchmark {
  private ClosedLoopBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int[] values = {64, 10, 16, -1};
    for (int at = 0; at < arguments.length; at++) {
      values[at] = Integer.parseInt(arguments[at]);
    }
    Process server = ClientBenchmark.startServer(0, 0, values[3]);
    try (BufferedReader printed = new BufferedReader(
        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      URI uri = URI.create("http://127.0.0.1:" + printed.readLine());
      ClientSettings settings = new ClientSettings(Dialect.COMPLETIONS, "m", Duration.ofSeconds(5),
          Duration.ofMinutes(1), Duration.ofMinutes(10), 1, Optional.empty(), 1_000_000, Driver.FULL);
      try (LoadClient client = LoadClient.open(settings, new Target.Colocated(List.of(uri)), NanoClock.system())) {
        for (int round = 0; round < 4; round++) {
          run(client, values[0], Duration.ofSeconds(values[1]), values[2], round);
        }
      }
    } finally {
      server.destroy();
    }
  }

  private static void run(LoadClient client, int users, Duration length, int promptTokens, int round)
      throws InterruptedException {
    PlannedUsers plan = new PlannedUsers(users, IntStream.range(0, users).toArray(), new long[users], index -> 0,
        OptionalInt.empty(), length, Duration.ofSeconds(1));
    LoadRun run = client.prepare(plan, Driver.workload(promptTokens, 1), "round-" + round, Driver.SLO);
    run.start(System.nanoTime() + 100_000_000);
    while (!run.awaitFinished(Duration.ofMillis(200))) {
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
