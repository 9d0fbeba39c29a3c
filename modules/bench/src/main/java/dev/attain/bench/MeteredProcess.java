package dev.attain.bench;

import dev.attain.measurement.NanoClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command to its end on the given CPUs and says what it and everything it started has cost. Whatever of it is
 * still alive afterwards, or at the limit, is killed.
 *
 * <p>The CPU time is what the kernel has added up for the children of a shell around the command; children that nobody
 * waited for are missing there, so that the largest sum seen while it ran counts if it is more.
 */
final class MeteredProcess {
  private static final long SAMPLE_MILLIS = 250;
  private static final Duration GRACE = Duration.ofSeconds(5);
  /** Exit code, as of {@code timeout}, of a command that was killed at its limit. */
  static final int TIMED_OUT = 124;
  private static final String SHELL = "\"$@\"; code=$?; times >\"$ATTAIN_TIMES\"; exit $code";

  private final NanoClock clock;
  private final Procfs procfs;

  MeteredProcess(NanoClock clock, Procfs procfs) {
    this.clock = clock;
    this.procfs = procfs;
  }

  /**
   * What became of the command.
   *
   * @param exit its exit code, or {@link #TIMED_OUT}
   */
  record Ended(int exit, Cost cost) {}

  /**
   * Runs it; standard output and error go to the log.
   *
   * @param cpus as {@code taskset} takes them
   * @param environment in addition to this process's
   */
  Ended run(List<String> command, String cpus, Map<String, String> environment, Path log, Duration limit)
      throws IOException, InterruptedException {
    Path times = log.resolveSibling(log.getFileName() + ".times");
    // A session of its own: its members can be found again, whoever their parents are by then.
    List<String> whole = new ArrayList<>(List.of("setsid", "bash", "-c", SHELL, "metered", "taskset", "-c", cpus));
    whole.addAll(command);
    var builder = new ProcessBuilder(whole).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("ATTAIN_TIMES", times.toString());
    Process process = builder.start();
    // A terminal's Ctrl-C does not reach a session of its own.
    Thread farewell = new Thread(() -> kill(procfs.session(process.pid())));
    Runtime.getRuntime().addShutdownHook(farewell);
    long deadline = clock.nanos() + limit.toNanos();
    double cpu = 0;
    long memory = 0;
    try {
      do {
        List<Procfs.Seen> members = procfs.session(process.pid());
        cpu = Math.max(cpu, members.stream().mapToDouble(Procfs.Seen::cpuSeconds).sum());
        memory = Math.max(memory, members.stream().mapToLong(Procfs.Seen::residentBytes).sum());
      } while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS) && clock.nanos() - deadline < 0);
      if (process.isAlive()) {
        return new Ended(TIMED_OUT, new Cost(cpu, 0, memory));
      }
      return new Ended(process.exitValue(), new Cost(Math.max(cpu, childrenSeconds(times)), 0, memory));
    } finally {
      killSession(process.pid());
      Runtime.getRuntime().removeShutdownHook(farewell);
      Files.deleteIfExists(times);
    }
  }

  private void killSession(long session) throws InterruptedException {
    long deadline = clock.nanos() + GRACE.toNanos();
    List<Procfs.Seen> left = procfs.session(session);
    while (!left.isEmpty() && clock.nanos() - deadline < 0) {
      kill(left);
      Thread.sleep(20);
      left = procfs.session(session);
    }
  }

  private static void kill(List<Procfs.Seen> members) {
    members.forEach(seen -> ProcessHandle.of(seen.pid()).ifPresent(ProcessHandle::destroyForcibly));
  }

  private static double childrenSeconds(Path times) throws IOException {
    List<String> lines = Files.exists(times) ? Files.readAllLines(times, StandardCharsets.UTF_8) : List.of();
    return lines.size() < 2 ? 0 : seconds(lines.get(1));
  }

  /** Of a line of the shell's {@code times}, user and system: {@code 0m1.250s 0m0.730s}. */
  static double seconds(String line) {
    double sum = 0;
    for (String time : line.trim().split(" +")) {
      int minutes = time.indexOf('m');
      // Some locales write a comma.
      sum += 60 * Double.parseDouble(time.substring(0, minutes))
          + Double.parseDouble(time.substring(minutes + 1, time.length() - 1).replace(',', '.'));
    }
    return sum;
  }
}
