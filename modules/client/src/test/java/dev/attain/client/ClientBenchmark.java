package dev.attain.client;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Snapshot;
import dev.attain.workload.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.HdrHistogram.Histogram;

/**
 * What the client costs and how true it is, against a server process with known delays. Arguments, all optional:
 * {@code REQUESTS_PER_SECOND TOKENS TTFT_MILLIS ITL_MILLIS SECONDS PROMPT_TOKENS LOOPS SERVER_CPU}; the client's own
 * core is chosen with {@code taskset} around this process. Runs once to warm up and three times to measure.
 */
final class ClientBenchmark {
  private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
      .getOperatingSystemMXBean();

  private ClientBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int[] values = {100, 100, 50, 10, 10, 100, 1, -1};
    for (int at = 0; at < arguments.length; at++) {
      values[at] = Integer.parseInt(arguments[at]);
    }
    Process server = startServer(values[2], values[3], values[7]);
    try (BufferedReader printed = new BufferedReader(
        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      URI uri = URI.create("http://127.0.0.1:" + printed.readLine());
      ClientSettings settings = new ClientSettings(Dialect.COMPLETIONS, "m", Duration.ofSeconds(5),
          Duration.ofMinutes(1), Duration.ofMinutes(10), values[6], Optional.empty(), 1_000_000, Driver.FULL,
          ConnectionsAhead.NONE);
      try (LoadClient client = LoadClient.open(settings, new Target.Colocated(List.of(uri)), NanoClock.system())) {
        Workload workload = Driver.workload(values[5], values[1]);
        for (int round = 0; round < 4; round++) {
          server.getOutputStream().write('\n');
          server.getOutputStream().flush();
          run(client, workload, poisson(values[0], values[4], round), round);
        }
      }
      server.getOutputStream().close();
      System.out.println(printed.readLine());
    } finally {
      server.destroy();
    }
  }

  static Process startServer(int ttftMillis, int itlMillis, int cpu) throws IOException {
    List<String> command = new ArrayList<>();
    if (cpu >= 0) {
      command.addAll(List.of("taskset", "-c", Integer.toString(cpu)));
    }
    command.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx512m",
        "-Dio.netty.leakDetection.level=disabled", "-cp", System.getProperty("java.class.path"),
        PacedServer.class.getName(), Integer.toString(ttftMillis), Integer.toString(itlMillis)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static PlannedArrivals poisson(int perSecond, int seconds, int seed) {
    Random random = new Random(seed);
    int count = perSecond * seconds;
    int[] indices = new int[count];
    long[] nanos = new long[count];
    double now = 0;
    for (int index = 0; index < count; index++) {
      indices[index] = index;
      now += -Math.log(1 - random.nextDouble()) / perSecond * 1e9;
      nanos[index] = (long) now;
    }
    return new PlannedArrivals(indices, nanos);
  }

  private static long allocatedByLoops() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds())).filter(Objects::nonNull)
        .filter(thread -> thread.getThreadName().startsWith("attain-loop"))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getThreadId())).sum();
  }

  private static void run(LoadClient client, Workload workload, PlannedArrivals arrivals, int round)
      throws InterruptedException {
    LoadRun run = client.prepare(arrivals, workload, "round-" + round, Driver.SLO);
    long origin = System.nanoTime() + 500_000_000;
    long allocatedBefore = allocatedByLoops();
    long cpuBefore = SYSTEM.getProcessCpuTime();
    run.start(origin);
    run.awaitFinished(Duration.ofMinutes(10));
    long cpu = SYSTEM.getProcessCpuTime() - cpuBefore;
    long allocated = allocatedByLoops() - allocatedBefore;
    double seconds = (System.nanoTime() - origin) / 1e9;
    Snapshot snapshot = run.snapshot();
    long events = snapshot.counts().tokenEvents();
    GeneratorLoad load = run.load();
    System.out.printf(Locale.ROOT,
        "%s: completed %d of %d, %.0f events/s; CPU per event: process %.1f us, loops and pacer %.1f us; "
            + "allocated by the loops %.0f bytes; busiest loop %.0f %%, longest GC pause %d ms, start late by %d us%n",
        round == 0 ? "warm-up" : "run " + round, snapshot.counts().completed(), snapshot.counts().planned(),
        events / seconds, cpu / 1e3 / events, load.cpuMicrosPerEvent(), (double) allocated / events,
        100 * load.busiestLoop(),
        load.gcPauseMaxNanos() / 1_000_000, load.startLatenessNanos() / 1000);
    for (LatencyMetric metric : List.of(LatencyMetric.SEND_LAG, LatencyMetric.SERVICE_TTFT, LatencyMetric.ITL)) {
      Histogram micros = snapshot.latencies().of(metric);
      System.out.printf(Locale.ROOT, "  %-12s mean %.0f us, p50 %d, p99 %d, p99.9 %d, max %d%n", metric.jsonName(),
          micros.getMean(), micros.getValueAtPercentile(50), micros.getValueAtPercentile(99),
          micros.getValueAtPercentile(99.9), micros.getMaxValue());
    }
    run.takeFinished();
  }
}
