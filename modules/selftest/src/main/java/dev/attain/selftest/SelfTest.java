package dev.attain.selftest;

import dev.attain.measurement.NanoClock;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds out what the load client can be trusted with on this machine: the client of a load node, unchanged, against a
 * server in another process whose delays are known. Under a minute with the defaults. For one thread.
 */
public final class SelfTest {
  private static final Duration WARM_UP_SLICE = Duration.ofSeconds(1);
  /** Answers take half a second: a client that keeps one waiting for this long is past everything. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration PATIENCE_WITH_MANY = Duration.ofSeconds(20);
  private static final int MOST_WARM_UP_SLICES = 3;
  private static final double QUIET_COMPILER_SHARE = 0.015;
  /** With fewer, a core that is always busy drives everything else on the machine onto the client's. */
  private static final int LEAST_CORES_TO_SPIN = 4;
  /** For a 99th percentile that is more than the two worst. */
  private static final double WISHED_REQUESTS = 250;
  private static final double WARM_UP_EVENTS = 10_000;
  private static final double WARM_UP_REQUESTS = 4_000;
  /** With loads of two seconds: what comes after these leaves the whole within a minute. */
  private static final int REQUESTS_UNTIL = 7;
  private static final int STREAMS_UNTIL = 17;

  private final SelfTestPlan plan;
  private final ServerCommand serverCommand;
  private final Consumer<String> progress;
  private final NanoClock clock = NanoClock.system();
  private final long start = clock.nanos();

  private SelfTest(SelfTestPlan plan, ServerCommand serverCommand, Consumer<String> progress) {
    this.plan = plan;
    this.serverCommand = serverCommand;
    this.progress = progress;
  }

  /**
   * Runs all of it. On Linux it keeps this process to some of its cores, for good.
   *
   * @param serverCommand from arguments of {@code attain known-truth-server} to a whole command line
   * @param progress told what is being tried, in a few words at a time
   * @throws IOException when the server cannot be started or fails; the message is a sentence for the user
   */
  public static Findings run(SelfTestPlan plan, ServerCommand serverCommand, Consumer<String> progress)
      throws IOException, InterruptedException {
    return new SelfTest(plan, serverCommand, progress).run();
  }

  private Findings run() throws IOException, InterruptedException {
    Cores cores = Cores.ofThisMachine(plan.eventLoops());
    Machine machine = Machine.of(cores);
    cores.keepThisProcess();
    List<Rung> requests = climb(cores, SelfTestPlan.AT_ONCE, 1, plan.requestRates(), WARM_UP_REQUESTS,
        spareUntil(REQUESTS_UNTIL));
    List<Rung> streams = climb(cores, SelfTestPlan.STREAMS, SelfTestPlan.TOKENS_OF_A_STREAM, plan.streamRates(),
        WARM_UP_EVENTS / SelfTestPlan.TOKENS_OF_A_STREAM, spareUntil(STREAMS_UNTIL));
    return new Findings(machine, plan.eventLoops(), requests, streams, openStreams(cores, machine));
  }

  private List<Rung> climb(Cores cores, Truth truth, int tokens, List<Double> rates, double warmUp,
      BooleanSupplier timeToSpare) throws IOException, InterruptedException {
    try (ServerProcess server = server(cores, truth);
        Client client = new Client(plan.eventLoops(), truth, server, PATIENCE, clock)) {
      warmUp(client, Math.min(warmUp, rates.getLast()), tokens);
      Predicate<Rung> good = rung -> rung.trusted(truth);
      return new Ladder(rate -> {
        say(tokens == 1
            ? String.format(Locale.ROOT, "short requests: %,.0f/s", rate)
            : String.format(Locale.ROOT, "streams: %,.0f events/s", rate * tokens));
        return client.offer(rate, tokens, length(rate, tokens));
      }, good, timeToSpare).climb(rates);
    }
  }

  /** @param loads so many times the length of a load after the start, second goes would take too long */
  private BooleanSupplier spareUntil(int loads) {
    long until = start + plan.eachLoad().multipliedBy(loads).toNanos();
    return () -> clock.nanos() < until;
  }

  private Duration length(double rate, int tokens) {
    if (tokens == 1) {
      return plan.eachLoad().dividedBy(2);
    }
    Duration wished = Duration.ofNanos((long) (WISHED_REQUESTS / rate * 1e9));
    Duration longest = plan.eachLoad().multipliedBy(2);
    return wished.compareTo(plan.eachLoad()) < 0 ? plan.eachLoad() : wished.compareTo(longest) > 0 ? longest : wished;
  }

  /** Until the compiler has little left to do: it shares the client's cores, and in an experiment that is soon over. */
  private void warmUp(Client client, double rate, int tokens) throws IOException, InterruptedException {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    if (compiler == null || !compiler.isCompilationTimeMonitoringSupported()) {
      return;
    }
    Duration slice = plan.eachLoad().compareTo(WARM_UP_SLICE) < 0 ? plan.eachLoad() : WARM_UP_SLICE;
    say("warming up");
    for (int slices = 0; slices < MOST_WARM_UP_SLICES; slices++) {
      long before = compiler.getTotalCompilationTime();
      client.offer(rate, tokens, slice);
      if (compiler.getTotalCompilationTime() - before < QUIET_COMPILER_SHARE * slice.toMillis()) {
        return;
      }
    }
  }

  private OpenStreams openStreams(Cores cores, Machine machine) throws IOException, InterruptedException {
    int streams = OpenStreams.possible(machine, plan.mostStreams());
    Truth truth = OpenStreams.truth(streams);
    say(String.format(Locale.ROOT, "opening %,d streams at once", streams));
    try (ServerProcess server = server(cores, truth);
        Client client = new Client(plan.eventLoops(), truth, server, PATIENCE_WITH_MANY, clock)) {
      return OpenStreams.open(client, streams);
    }
  }

  private ServerProcess server(Cores cores, Truth truth) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("--ttft", micros(truth.ttft()), "--itl", micros(truth.itl()),
        "--threads", Integer.toString(cores.apart() ? cores.server().size() : 1)));
    if (cores.apart() && cores.client().size() + cores.server().size() >= LEAST_CORES_TO_SPIN) {
      arguments.add("--spin");
    }
    return ServerProcess.start(cores.onServerCores(serverCommand.of(arguments)), Optional.empty());
  }

  private static String micros(Duration delay) {
    return delay.toNanos() / 1000 + "us";
  }

  private void say(String what) {
    progress.accept(what);
  }
}
