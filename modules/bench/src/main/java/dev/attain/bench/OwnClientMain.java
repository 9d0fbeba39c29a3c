package dev.attain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import dev.attain.client.BodyField;
import dev.attain.client.ClientSettings;
import dev.attain.client.Dialect;
import dev.attain.client.GeneratorLoad;
import dev.attain.client.LoadClient;
import dev.attain.client.LoadRun;
import dev.attain.client.Target;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Percentiles;
import dev.attain.measurement.Slo;
import dev.attain.measurement.Snapshot;
import dev.attain.schedule.ArrivalProcess;
import dev.attain.schedule.Extent;
import dev.attain.selftest.FixedLoad;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a load node does on its measured path, in one process and without a cluster: each line on standard input is a
 * load as JSON, and is answered by a line of what was measured.
 */
final class OwnClientMain {
  private static final Duration DEADLINE = Duration.ofMinutes(10);
  private static final long LEAD_NANOS = 500_000_000;
  private static final int PROMPT_TOKENS = 32;
  private static final Slo SLO = new Slo(Duration.ofMillis(500), Duration.ofMillis(50));

  private final LoadClient client;
  private final NanoClock clock;
  private final int tokens;

  private OwnClientMain(LoadClient client, NanoClock clock, int tokens) {
    this.client = client;
    this.clock = clock;
    this.tokens = tokens;
  }

  /** {@code SERVER EVENT_LOOPS TOKENS}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var settings = new ClientSettings(Dialect.COMPLETIONS, "m", Duration.ofSeconds(5), Duration.ofMinutes(1), DEADLINE,
        Integer.parseInt(arguments[1]), Optional.empty(), 1_000_000,
        Set.of(BodyField.IGNORE_EOS, BodyField.STREAM_OPTIONS));
    NanoClock clock = NanoClock.system();
    var target = new Target.Colocated(List.of(URI.create(arguments[0])));
    try (LoadClient client = LoadClient.open(settings, target, clock);
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      var process = new OwnClientMain(client, clock, Integer.parseInt(arguments[2]));
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        System.out.println(process.run(Json.MAPPER.readTree(line)));
      }
    }
  }

  private ObjectNode run(JsonNode load) throws InterruptedException {
    LoadRun run = new FixedLoad(new ArrivalProcess.Poisson(), load.get("requestsPerSecond").asDouble(),
        new Extent.Requests(load.get("requests").asInt()), load.get("seed").asLong(), PROMPT_TOKENS, tokens)
        .prepare(client, SLO);
    long allocated = allocatedByLoops();
    long origin = clock.nanos() + LEAD_NANOS;
    run.start(origin);
    if (!run.awaitFinished(DEADLINE)) {
      run.abandonInFlight("no end within " + DEADLINE.toMinutes() + " minutes");
    }
    double seconds = (clock.nanos() - origin) / 1e9;
    run.takeFinished();
    Snapshot snapshot = run.snapshot();
    return answer(snapshot, run.load(), seconds).put("allocatedBytesPerEvent",
        (allocatedByLoops() - allocated) / (double) Math.max(1, snapshot.counts().tokenEvents()));
  }

  private static long allocatedByLoops() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds())).filter(Objects::nonNull)
        .filter(thread -> thread.getThreadName().startsWith("attain-loop"))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getThreadId())).sum();
  }

  private static ObjectNode answer(Snapshot snapshot, GeneratorLoad load, double seconds) {
    ObjectNode answer = Json.MAPPER.createObjectNode().put("completed", snapshot.counts().completed())
        .put("seconds", seconds).put("cpuMicrosPerEvent", load.cpuMicrosPerEvent())
        .put("busiestLoop", load.busiestLoop()).put("gcPauseMaxMillis", load.gcPauseMaxNanos() / 1e6);
    for (LatencyMetric metric : List.of(LatencyMetric.TTFT, LatencyMetric.SERVICE_TTFT, LatencyMetric.ITL,
        LatencyMetric.SEND_LAG)) {
      Percentiles measured = Percentiles.ofMicros(snapshot.latencies().of(metric));
      answer.putObject(metric.jsonName()).put("mean", measured.mean() * 1e3).put("p50", measured.p50() * 1e3)
          .put("p99", measured.p99() * 1e3);
    }
    return answer;
  }
}
