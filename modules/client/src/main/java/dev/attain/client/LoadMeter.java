package dev.attain.client;

import dev.attain.measurement.NanoClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** Watches what the generator's threads cost during one run. Safe for any thread. */
final class LoadMeter {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double NANOS_PER_MICROSECOND = 1000;

  /** CPU time of each loop and of the pacer at one instant. */
  private record Reading(long nanos, long[] loopCpuNanos, long pacerCpuNanos) {}

  private final NanoClock clock;
  private final List<Long> loopThreads;
  private final GcPauses pauses = new GcPauses();
  private Reading first;
  private Reading last;
  private long pacerThread = -1;
  private long pacerCpuNanos;
  private long startLatenessNanos;
  private boolean over;

  LoadMeter(NanoClock clock, List<Long> loopThreads) {
    this.clock = clock;
    this.loopThreads = List.copyOf(loopThreads);
    this.first = reading();
    this.last = first;
  }

  /** On the pacer's thread, just before the origin: the run's cost counts from here. */
  synchronized void begin() {
    pacerThread = Thread.currentThread().threadId();
    pauses.forget();
    first = reading();
    last = first;
  }

  /** On the pacer's thread, at the origin. */
  synchronized void started(long latenessNanos) {
    startLatenessNanos = Math.max(0, latenessNanos);
  }

  /** On the pacer's thread, at its end: afterwards nobody can ask for its CPU time. */
  synchronized void pacerEnds() {
    pacerCpuNanos = Math.max(0, THREADS.getCurrentThreadCpuTime());
    pacerThread = -1;
  }

  /** The run has its last outcome; what comes later does not count. */
  synchronized void end() {
    if (!over) {
      last = reading();
      over = true;
      pauses.close();
    }
  }

  synchronized GeneratorLoad load(long tokenEvents) {
    if (!over) {
      last = reading();
    }
    double wallNanos = Math.max(1, last.nanos - first.nanos);
    long cpuNanos = last.pacerCpuNanos - first.pacerCpuNanos;
    double busiest = 0;
    for (int loop = 0; loop < loopThreads.size(); loop++) {
      long loopNanos = last.loopCpuNanos[loop] - first.loopCpuNanos[loop];
      cpuNanos += loopNanos;
      busiest = Math.max(busiest, loopNanos / wallNanos);
    }
    double microsPerEvent = tokenEvents == 0 ? 0 : cpuNanos / NANOS_PER_MICROSECOND / tokenEvents;
    return new GeneratorLoad(microsPerEvent, Math.min(1, busiest), pauses.longestNanos(), startLatenessNanos);
  }

  private Reading reading() {
    long[] loops = loopThreads.stream().mapToLong(thread -> Math.max(0, THREADS.getThreadCpuTime(thread))).toArray();
    long pacer = pacerThread < 0 ? pacerCpuNanos : Math.max(0, THREADS.getThreadCpuTime(pacerThread));
    return new Reading(clock.nanos(), loops, pacer);
  }
}
