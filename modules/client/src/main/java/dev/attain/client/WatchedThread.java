package dev.attain.client;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A thread of the measured path as its cost can be asked for from any other.
 *
 * @param id of the JVM
 * @param schedule the file in which Linux keeps how long this thread ran and waited; empty elsewhere
 */
record WatchedThread(long id, Optional<Path> schedule) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Path SELF = Path.of("/proc/thread-self");
  private static final Path PROCESSES = Path.of("/proc");

  /**
   * What a thread has cost since it began, in nanoseconds.
   *
   * @param cpu on a processor
   * @param waiting ready to run while no processor was free; -1 where the system does not say
   */
  record Cost(long cpu, long waiting) {
    static final Cost NONE = new Cost(0, -1);

    Cost since(Cost earlier) {
      long waited = waiting < 0 || earlier.waiting < 0 ? -1 : Math.max(0, waiting - earlier.waiting);
      return new Cost(Math.max(0, cpu - earlier.cpu), waited);
    }
  }

  static WatchedThread current() {
    return new WatchedThread(Thread.currentThread().threadId(), scheduleOfCurrent());
  }

  private static Optional<Path> scheduleOfCurrent() {
    try {
      return Optional.of(PROCESSES.resolve(Files.readSymbolicLink(SELF)).resolve("schedstat"))
          .filter(file -> waitingNanos(ProcFile.lines(file)) >= 0);
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** Since its beginning; zero for a thread that has ended. */
  Cost cost() {
    return new Cost(Math.max(0, THREADS.getThreadCpuTime(id)),
        schedule.map(file -> waitingNanos(ProcFile.lines(file))).orElse(-1L));
  }

  /**
   * From "nanoseconds run, nanoseconds waited, times run"; -1 when this is something else, or when the kernel does not
   * count: a thread that reads its own file has run.
   */
  static long waitingNanos(List<String> schedstat) {
    String[] numbers = schedstat.isEmpty() ? new String[0] : schedstat.getFirst().strip().split("\\s+");
    try {
      return numbers.length < 3 || Long.parseLong(numbers[0]) == 0 ? -1 : Long.parseLong(numbers[1]);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
