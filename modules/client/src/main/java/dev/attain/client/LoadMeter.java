package dev.attain.client;

import com.sun.management.OperatingSystemMXBean;
import dev.attain.measurement.NanoClock;
import io.netty.channel.EventLoop;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Watches what the generator's threads cost and suffer during one run. Safe for any thread. */
final class LoadMeter {
  private static final double NANOS_PER_MICROSECOND = 1000;

  /** Costs so far at one instant; the kernel's counters at that instant. */
  private record Reading(long nanos, List<WatchedThread.Cost> loops, WatchedThread.Cost pacer, long processCpuNanos,
      Optional<KernelCounters> kernel) {}

  private final NanoClock clock;
  private final List<WatchedThread> loopThreads;
  private final List<LoopPulse> pulses;
  private final ShortageCount shortages;
  private final GcPauses pauses = new GcPauses();
  private final StallWatch stalls;
  private final Optional<PortRange> ports = PortRange.ofThisNode();
  private Reading first;
  private Reading last;
  private Optional<WatchedThread> pacerThread = Optional.empty();
  private WatchedThread.Cost pacerCost = WatchedThread.Cost.NONE;
  private long startLatenessNanos;
  private boolean begun;
  private boolean over;

  /** @param loopThreads the threads of the loops, in their order */
  LoadMeter(NanoClock clock, List<EventLoop> loops, List<WatchedThread> loopThreads, ShortageCount shortages) {
    this.clock = clock;
    this.loopThreads = List.copyOf(loopThreads);
    this.pulses = loops.stream().map(loop -> new LoopPulse(loop, clock)).toList();
    this.shortages = shortages;
    this.stalls = new StallWatch(clock, () -> loops.stream().noneMatch(EventLoop::isShuttingDown));
    this.first = reading();
    this.last = first;
  }

  /** On the pacer's thread, just before the origin: the run's cost counts from here. */
  synchronized void begin() {
    if (over) {
      return;
    }
    begun = true;
    pacerThread = Optional.of(WatchedThread.current());
    pauses.forget();
    pulses.forEach(LoopPulse::start);
    stalls.start();
    first = reading();
    last = first;
  }

  /** On the pacer's thread, at the origin. */
  synchronized void started(long latenessNanos) {
    startLatenessNanos = Math.max(0, latenessNanos);
  }

  /** On the pacer's thread, at its end: afterwards nobody can ask for its CPU time. */
  synchronized void pacerEnds() {
    pacerCost = pacerThread.map(WatchedThread::cost).orElse(WatchedThread.Cost.NONE);
    pacerThread = Optional.empty();
  }

  /** The run has its last outcome; what comes later does not count. */
  synchronized void end() {
    if (!over) {
      last = reading();
      over = true;
      pauses.close();
      if (begun) {
        stalls.stop();
        pulses.forEach(LoopPulse::stop);
      }
    }
  }

  synchronized GeneratorLoad load(long tokenEvents) {
    if (!over) {
      last = reading();
    }
    double wallNanos = Math.max(1, last.nanos - first.nanos);
    List<LoopLoad> loops = new ArrayList<>();
    long loopNanos = 0;
    for (int loop = 0; loop < loopThreads.size(); loop++) {
      WatchedThread.Cost cost = last.loops.get(loop).since(first.loops.get(loop));
      Lateness lag = pulses.get(loop).lateness();
      loopNanos += cost.cpu();
      loops.add(new LoopLoad(Math.min(1, cost.cpu() / wallNanos), lag.p99Nanos(), lag.maxNanos(),
          share(cost.waiting(), wallNanos)));
    }
    WatchedThread.Cost pacer = last.pacer.since(first.pacer);
    double cpuMicros = (loopNanos + pacer.cpu()) / NANOS_PER_MICROSECOND;
    return new GeneratorLoad(tokenEvents == 0 ? 0 : cpuMicros / tokenEvents, startLatenessNanos, loops,
        new ProcessorUse(loopNanos / wallNanos, pacer.cpu() / wallNanos,
            others(loopNanos + pacer.cpu()).map(nanos -> nanos / wallNanos), share(pacer.waiting(), wallNanos)),
        stalls.stalls(pauses.longestNanos()), resources(),
        first.kernel.flatMap(before -> last.kernel.map(after -> after.since(before))));
  }

  private Optional<Long> others(long accountedNanos) {
    return first.processCpuNanos < 0 || last.processCpuNanos < 0
        ? Optional.empty()
        : Optional.of(Math.max(0, last.processCpuNanos - first.processCpuNanos - accountedNanos));
  }

  private NodeResources resources() {
    return new NodeResources(stalls.descriptors(), ports, stalls.tcpSocketsPeak(),
        shortages.descriptors(), shortages.ports(), shortages.firstSentence());
  }

  private static Optional<Double> share(long nanos, double wallNanos) {
    return nanos < 0 ? Optional.empty() : Optional.of(Math.min(1, nanos / wallNanos));
  }

  private Reading reading() {
    WatchedThread.Cost pacer = pacerThread.map(WatchedThread::cost).orElse(pacerCost);
    long process = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
    return new Reading(clock.nanos(), loopThreads.stream().map(WatchedThread::cost).toList(), pacer, process,
        KernelCounters.now());
  }
}
