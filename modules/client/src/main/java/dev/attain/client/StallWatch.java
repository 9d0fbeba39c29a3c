package dev.attain.client;

import dev.attain.measurement.NanoClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A thread that does nothing but ask to be woken every 10 ms: whatever keeps it from waking keeps the event loops from
 * working, be it the JVM, the kernel or the machine below it. It also looks, now and then, at what else goes up and
 * down. One thread writes; the others may ask at any time.
 */
final class StallWatch implements Runnable {
  /** Costs well under a per cent of a core; a stop of the JVM is seen to be at most this much shorter than it was. */
  private static final long PERIOD_NANOS = 10_000_000;
  private static final long LOOK_NANOS = 1_000_000_000;
  private static final Path SOCKETS = Path.of("/proc/net/sockstat");

  private final NanoClock clock;
  private final BooleanSupplier wanted;
  private final Lateness lateness = new Lateness(PERIOD_NANOS);
  private final Optional<SafepointCounters> safepoints = SafepointCounters.ofThisJvm();
  private volatile long safepointsBefore;
  private volatile long safepointNanosBefore;
  private volatile boolean started;
  private volatile boolean stopped;
  private volatile long longestSafepointNanos;
  private volatile long descriptorsPeak;
  private volatile long socketsPeak = -1;
  private volatile Optional<Safepoints> total = Optional.empty();

  /** @param wanted the watch ends by itself, soon, once this is false */
  StallWatch(NanoClock clock, BooleanSupplier wanted) {
    this.clock = clock;
    this.wanted = wanted;
  }

  /** What was before does not count. */
  void start() {
    safepointsBefore = safepoints.map(SafepointCounters::count).orElse(0L);
    safepointNanosBefore = safepoints.map(SafepointCounters::nanos).orElse(0L);
    started = true;
    Thread.ofPlatform().daemon().name("attain-stalls").start(this);
  }

  void stop() {
    total = safepointsSoFar();
    stopped = true;
  }

  @Override
  public void run() {
    long nextLook = clock.nanos();
    long safepointNanos = safepointNanosBefore;
    while (!stopped && wanted.getAsBoolean()) {
      long before = clock.nanos();
      LockSupport.parkNanos(this, PERIOD_NANOS);
      long now = clock.nanos();
      // Parking may end early for no reason at all; that says nothing about how late one would wake.
      if (now - before >= PERIOD_NANOS) {
        lateness.late(now - before - PERIOD_NANOS);
      }
      if (safepoints.isPresent()) {
        long nanos = safepoints.get().nanos();
        longestSafepointNanos = Math.max(longestSafepointNanos, nanos - safepointNanos);
        safepointNanos = nanos;
      }
      if (now - nextLook >= 0) {
        look();
        nextLook = now + LOOK_NANOS;
      }
    }
  }

  private void look() {
    descriptorsPeak = Math.max(descriptorsPeak, Descriptors.inUse());
    socketsPeak = Math.max(socketsPeak, tcpSockets(ProcFile.lines(SOCKETS)));
  }

  /** In use and in TIME_WAIT, from "TCP: inuse 5 orphan 0 tw 3 alloc 7 mem 1"; -1 when there is no such line. */
  static long tcpSockets(List<String> sockstat) {
    for (String line : sockstat) {
      String[] words = line.strip().split("\\s+");
      if (words.length > 6 && words[0].equals("TCP:") && words[1].equals("inuse") && words[5].equals("tw")) {
        return Long.parseLong(words[2]) + Long.parseLong(words[6]);
      }
    }
    return -1;
  }

  /** @param gcPauseMaxNanos what the collectors themselves report */
  Stalls stalls(long gcPauseMaxNanos) {
    return new Stalls(lateness.p99Nanos(), lateness.maxNanos(), gcPauseMaxNanos,
        stopped ? total : safepointsSoFar());
  }

  private Optional<Safepoints> safepointsSoFar() {
    return safepoints.filter(known -> started)
        .map(now -> new Safepoints(now.count() - safepointsBefore, now.nanos() - safepointNanosBefore,
            longestSafepointNanos));
  }

  /** The most that was seen in use at once. */
  Optional<Descriptors> descriptors() {
    return Descriptors.allowed().map(limit -> new Descriptors(limit, descriptorsPeak));
  }

  /** The most that were seen on this machine at once. */
  Optional<Long> tcpSocketsPeak() {
    return socketsPeak < 0 ? Optional.empty() : Optional.of(socketsPeak);
  }
}
