package dev.attain.simulator;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Drives an engine core in virtual time: no thread, no waiting, the same rules as the wall-time driver. */
final class VirtualEngine {

  static final EngineLimits LIMITS = new EngineLimits(1024, 8192, 27_000, 16, 270, 30_000_000_000L, false);
  static final TransferCost TRANSFER = new TransferCost(32, 131_072, 5.8e-3, 2.7e-6, 300e9, 0);

  private static final long STEP_LIMIT = 10_000_000;

  final EngineCore core;
  private final Deque<Recorded> arrivals = new ArrayDeque<>();
  private long clockNanos;
  private long steps;

  VirtualEngine(EngineCore core) {
    this.core = core;
  }

  static VirtualEngine of(EngineLimits limits) {
    return new VirtualEngine(new EngineCore(limits, llamaOnH100(1), TRANSFER));
  }

  /** Limits of a small engine that a few dozen requests crowd. */
  static EngineLimits crowded(Random random) {
    int blocks = 20 + random.nextInt(100);
    return new EngineLimits(1 + random.nextInt(20), 16 + random.nextInt(600), blocks, 16, random.nextInt(4),
        1_000_000_000L, random.nextBoolean());
  }

  static StepCost llamaOnH100(int tensorParallel) {
    GpuShape gpu = Gpus.find("h100").orElseThrow();
    return new RooflineCost(Models.find("llama-3.1-8b").orElseThrow(), gpu, gpu.coefficients(),
        new HostCost(2e-3, 30e-6, 0), tensorParallel);
  }

  /** Lets these requests arrive at their times and runs until nothing moves any more. */
  VirtualEngine serve(List<Recorded> requests) {
    arrivals.addAll(
        requests.stream().sorted(Comparator.comparingLong(each -> each.sequence.order().arrivalNanos())).toList());
    while (true) {
      submitDue();
      long end = core.step(clockNanos);
      startTransfers(requests);
      if (end != EngineCore.IDLE) {
        clockNanos = end;
        steps++;
      } else if (!sleep()) {
        return this;
      }
      if (steps > STEP_LIMIT) {
        throw new AssertionError("the engine does not come to an end");
      }
    }
  }

  long clockNanos() {
    return clockNanos;
  }

  long steps() {
    return steps;
  }

  private void submitDue() {
    while (!arrivals.isEmpty() && arrivals.peek().sequence.order().arrivalNanos() <= clockNanos) {
      core.submit(arrivals.remove().sequence);
    }
  }

  /** The prefill side of these tests always has what is asked for. */
  private void startTransfers(List<Recorded> requests) {
    for (Recorded each : requests) {
      if (each.sequence.place() == Sequence.Place.PULLING && each.landedNanos == Long.MIN_VALUE
          && each.pullNanos != Long.MAX_VALUE) {
        core.beginTransfer(each.sequence, each.pullNanos);
        each.pullNanos = Long.MAX_VALUE;
      }
    }
  }

  private boolean sleep() {
    long next = core.nextTimerNanos();
    if (!arrivals.isEmpty()) {
      next = Math.min(next, arrivals.peek().sequence.order().arrivalNanos());
    }
    if (next == EngineCore.NEVER) {
      return false;
    }
    clockNanos = Math.max(clockNanos, next);
    return true;
  }
}
