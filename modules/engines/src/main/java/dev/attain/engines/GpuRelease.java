package dev.attain.engines;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Waits until an engine that has ended has given back the memory of its GPUs, which the driver does a little later. */
public final class GpuRelease {
  private static final Duration POLL = Duration.ofMillis(500);
  /** What may be left: other processes come and go in small ways. */
  private static final int SLACK_MEBIBYTES = 512;
  private static final double SLACK_SHARE = 0.02;

  private GpuRelease() {}

  /**
   * Returns as soon as the memory is back, at the latest after {@code limit}. Blocks.
   *
   * @param before the GPUs as they were before the instance was started
   * @return what a person should know when the memory is not back
   */
  public static Optional<String> await(List<Gpu> before, Duration limit) throws InterruptedException {
    if (before.isEmpty()) {
      return Optional.empty();
    }
    long start = System.nanoTime();
    while (true) {
      try {
        List<Gpu> now = NvidiaSmi.inventory().map(GpuInventory::gpus).orElse(List.of());
        Optional<String> held = held(before, now, limit);
        if (held.isEmpty() || System.nanoTime() - start > limit.toNanos()) {
          return held;
        }
      } catch (IOException e) {
        return Optional.of("whether the memory of its GPUs is free again is not known: " + e.getMessage());
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /** What is still held {@code after} the end; empty when nothing is. */
  static Optional<String> held(List<Gpu> before, List<Gpu> now, Duration after) {
    String held = now.stream().flatMap(gpu -> before.stream().filter(old -> old.index() == gpu.index())
        .filter(old -> gpu.usedMebibytes() > old.usedMebibytes() + slack(old))
        .map(old -> "GPU %d still has %d of %d MiB in use%s, %d before its start".formatted(gpu.index(),
            gpu.usedMebibytes(), gpu.memoryMebibytes(), gpu.users(), old.usedMebibytes())))
        .collect(Collectors.joining("; "));
    return held.isEmpty()
        ? Optional.empty()
        : Optional.of("%s after its end %s".formatted(Durations.inWords(after), held));
  }

  private static double slack(Gpu gpu) {
    return Math.max(SLACK_MEBIBYTES, SLACK_SHARE * gpu.memoryMebibytes());
  }
}
