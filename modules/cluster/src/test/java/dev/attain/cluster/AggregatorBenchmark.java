package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.Subscribe;
import com.sun.management.OperatingSystemMXBean;
import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Percentiles;
import dev.attain.measurement.Snapshot;
import dev.attain.measurement.SnapshotMerge;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Not a test: which share of a core a coordinator's process uses while load nodes send it a snapshot a second. The
 * coordinator is this process, with the real aggregator and with what a point and its observers do with each view; the
 * load nodes are members of its cluster, each an actor system with connections of its own, all in one second process.
 * Arguments: nodes (16), seconds of measurement (30).
 */
final class AggregatorBenchmark {
  private static final String HOST = "127.0.0.1";
  /** Compilers are busy for a minute with what happens once a second. */
  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final Duration JOINING = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long NANOS_PER_TICK = 10_000_000;

  private final AtomicLong members = new AtomicLong();
  private final AtomicLong views = new AtomicLong();
  private final AtomicLong snapshots = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();

  private AggregatorBenchmark() {}

  /** Prints one line. */
  public static void main(String[] arguments) throws Exception {
    int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 16;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
    new AggregatorBenchmark().measure(nodes, seconds);
  }

  private void measure(int nodes, int seconds) throws Exception {
    List<String> names = IntStream.rangeClosed(1, nodes).mapToObj(node -> "load-" + node).toList();
    ActorSystem<Object> coordinator = NodeSystem.start(guardian(), List.of(NodeRole.COORDINATOR), HOST, 0,
        Optional.empty());
    ActorRef<Aggregator.Event> owner = coordinator.systemActorOf(owner(), "owner", Props.empty());
    ActorRef<Aggregator.Command> aggregator = coordinator
        .systemActorOf(Aggregator.create(names, PATIENCE, owner), "aggregator", Props.empty());
    Process producers = start(nodes, NodeSystem.hostAndPort(coordinator),
        ActorRefResolver.get(coordinator).toSerializationFormat(aggregator));
    try {
      aggregator.tell(Aggregator.Started.INSTANCE);
      awaitAll(nodes);
      TimeUnit.SECONDS.sleep(WARM_UP.toSeconds());
      report(nodes, seconds);
    } finally {
      producers.destroy();
      coordinator.terminate();
    }
  }

  private Behavior<Object> guardian() {
    return Behaviors.setup(context -> {
      Cluster cluster = Cluster.get(context.getSystem());
      cluster.subscriptions().tell(Subscribe.create(context.getSelf().narrow(), ClusterEvent.MemberUp.class));
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
      return Behaviors.receive(Object.class).onMessage(ClusterEvent.MemberUp.class, up -> {
        members.incrementAndGet();
        return Behaviors.same();
      }).build();
    });
  }

  private void report(int nodes, int seconds) throws IOException, InterruptedException {
    NanoClock clock = NanoClock.system();
    long viewsBefore = views.get();
    long snapshotsBefore = snapshots.get();
    long cpuBefore = processCpuNanos();
    Map<String, Long> threadsBefore = threadCpuNanos();
    long start = clock.nanos();
    TimeUnit.SECONDS.sleep(seconds);
    double wall = clock.nanos() - start;
    double share = (processCpuNanos() - cpuBefore) / wall;
    System.out.println(String.format(Locale.ROOT,
        "%d load nodes (actor systems of one process), %.0f s: %d snapshots merged, %d views, %d requests in the last;"
            + " the coordinator's process used %.2f %% of a core",
        nodes, wall / 1e9, snapshots.get() - snapshotsBefore, views.get() - viewsBefore, requests.get(),
        100 * share));
    if (snapshots.get() - snapshotsBefore < 0.8 * nodes * seconds) {
      throw new IllegalStateException("the load nodes fell silent: these figures say nothing");
    }
    Map<String, Long> threads = threadCpuNanos();
    threads.forEach((name, nanos) -> System.out.println(String.format(Locale.ROOT, "  %6.2f %%  %s",
        100 * (nanos - threadsBefore.getOrDefault(name, 0L)) / wall, name)));
  }

  /** By name without number, as the kernel counts: the threads of compilers and garbage collector, too. */
  private static Map<String, Long> threadCpuNanos() throws IOException {
    Map<String, Long> byName = new TreeMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        String stat = Files.readString(thread.resolve("stat"));
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        byName.merge(name.replaceAll("[-#\\d]+$", ""), ticks * NANOS_PER_TICK, Long::sum);
      }
    }
    return byName;
  }

  private static long processCpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  /** All have joined, and each has sent a snapshot. */
  private void awaitAll(int nodes) throws InterruptedException {
    NanoClock clock = NanoClock.system();
    long deadline = clock.nanos() + JOINING.toNanos();
    while (members.get() < nodes + 1 || snapshots.get() < nodes) {
      if (clock.nanos() > deadline) {
        throw new IllegalStateException("of %d nodes %d have joined and sent %d snapshots within %d s".formatted(nodes,
            members.get() - 1, snapshots.get(), JOINING.toSeconds()));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** What a point keeps of a view, and what its timeline and the terminal show of it. */
  private Behavior<Aggregator.Event> owner() {
    return Behaviors.setup(context -> {
      SnapshotMerge ledger = new SnapshotMerge();
      return Behaviors.receive(Aggregator.Event.class).onMessage(Aggregator.View.class, view -> {
        view.byNode().forEach(ledger::offer);
        for (int reader = 0; reader < 2; reader++) {
          Percentiles.ofMicros(view.total().latencies().of(LatencyMetric.TTFT));
          Percentiles.ofMicros(view.total().latencies().of(LatencyMetric.TPOT));
        }
        views.incrementAndGet();
        snapshots.set(view.byNode().values().stream().mapToLong(Snapshot::number).sum());
        requests.set(view.total().counts().completed());
        return Behaviors.same();
      }).build();
    });
  }

  /** The producers end when this process does, because their standard input then ends. */
  private static Process start(int nodes, String coordinator, String aggregator) throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    // All load nodes in one process need more memory than the coordinator is to be measured with.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(flag -> !flag.startsWith("-Xm"))
        .forEach(command::add);
    command.add("-Xmx2g");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), SnapshotProducers.class.getName(),
        String.valueOf(nodes), coordinator, aggregator));
    return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
