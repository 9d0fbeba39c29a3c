package dev.attain.engines;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * A command in a session and process group of its own, with its output in a log file, that dies with this JVM.
 *
 * <p>
 * However this JVM ends, even by SIGKILL, the whole group gets TERM, and KILL after a grace: a small shell process
 * outside the group reads a pipe that only this JVM can write, and its end is the sign ({@code guard.sh}). The same
 * happens to what the command leaves behind when it ends by itself. A terminal's ctrl-C does not reach the group.
 * Children that make a new session of their own escape; no engine known here does.
 *
 * <p>
 * All methods may be called from any thread.
 */
public final class GuardedProcess implements AutoCloseable {
  /** How long the group may take to end after TERM when this JVM dies, the command has ended, or nobody says more. */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  /** After KILL only the kernel is waited for: releasing the memory of a large engine takes a while. */
  private static final Duration AFTER_KILL = Duration.ofSeconds(20);
  private static final Duration WATCH_IS_LATE = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final String GUARD = resource("guard.sh");

  private final Process process;
  private final String executable;
  private final ProcessGroup group;
  private final Duration unattendedGrace;
  private final Path logFile;
  private final long logStart;
  private final CompletableFuture<Integer> exited;
  private volatile boolean groupGone;

  private GuardedProcess(Process process, String executable, Duration unattendedGrace, Path logFile, long logStart) {
    this.process = process;
    this.executable = executable;
    this.group = new ProcessGroup(process.pid());
    this.unattendedGrace = unattendedGrace;
    this.logFile = logFile;
    this.logStart = logStart;
    this.exited = process.onExit().thenApply(Process::exitValue);
    // Seen at once, so that a later stop does not mistake a newer group of the same number for this one.
    exited.thenRun(() -> groupGone = group.members().isEmpty());
  }

  /** As {@link #start(List, Map, Path, Duration)} with {@link #DEFAULT_GRACE}. */
  public static GuardedProcess start(List<String> command, Map<String, String> environment, Path logFile)
      throws IOException {
    return start(command, environment, logFile, DEFAULT_GRACE);
  }

  /**
   * Starts {@code command} with this JVM's environment plus {@code environment} and an empty standard input; output
   * and errors are appended to {@code logFile}, whose folder is made if absent.
   *
   * @param unattendedGrace from TERM to KILL when this JVM dies
   * @throws IOException when the executable does not exist, or the log file cannot be written; the message is a
   * sentence for the user
   */
  public static GuardedProcess start(List<String> command, Map<String, String> environment, Path logFile,
      Duration unattendedGrace) throws IOException {
    Executables executables = Executables.withEnvironment(environment);
    executables.require(command.getFirst());
    executables.requireSessionMaker();
    Files.createDirectories(logFile.toAbsolutePath().getParent());
    List<String> guarded = new ArrayList<>(
        List.of("/bin/sh", "-c", GUARD, "attain-guard", Long.toString(tenths(unattendedGrace))));
    guarded.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(guarded).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
    builder.environment().putAll(environment);
    long logStart = Files.exists(logFile) ? Files.size(logFile) : 0;
    return new GuardedProcess(builder.start(), command.getFirst(), unattendedGrace, logFile, logStart);
  }

  /** The process id of the command, which is also the id of its process group and session. */
  public long pid() {
    return process.pid();
  }

  /** Whether the command itself still runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** The command's exit code once it has ended; 128 plus the signal's number when a signal ended it. */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** What an exit code says: "was ended by signal 9", "ended with exit code 3". */
  public static String endInWords(int exitCode) {
    // Beyond the highest signal it is a code of the program's own, such as 255.
    return exitCode > 128 && exitCode <= 128 + 64
        ? "was ended by signal " + (exitCode - 128)
        : "ended with exit code " + exitCode;
  }

  /** Completes with the exit code when the command ends; never fails. */
  public CompletableFuture<Integer> exited() {
    return exited.copy();
  }

  /** Where output and errors of the command go. */
  public Path logFile() {
    return logFile;
  }

  /**
   * At most the last {@code count} lines that this process has written, read from the log's end; empty when there is no
   * log to read.
   */
  public List<String> lastLogLines(int count) {
    return LogTail.lastLines(logFile, logStart, count);
  }

  /** Tells how far the process is, as its log says. */
  LogFollower followLog() {
    return new LogFollower(logFile, logStart);
  }

  /**
   * Ends the whole group: TERM, KILL after {@code grace}, and returns when no process of it is left. Does nothing when
   * none is. An interrupt does not shorten the wait; the flag is set again.
   *
   * @throws IllegalStateException naming the processes that live on {@code grace} plus 20 seconds later
   */
  public void stop(Duration grace) {
    boolean interrupted = false;
    long start = System.nanoTime();
    long allowed = Math.max(grace.toNanos(), process.isAlive() ? 0 : unattendedGrace.toNanos());
    boolean killedHere = false;
    askToStop(grace);
    while (!gone()) {
      long waited = System.nanoTime() - start - allowed;
      if (waited > AFTER_KILL.toNanos()) {
        throw new IllegalStateException("%s did not stop: of its process group %d there are still %s"
            .formatted(executable, group.id(), group.members()));
      }
      if (waited > WATCH_IS_LATE.toNanos() && !killedHere) {
        // Only if somebody has killed the watch.
        group.kill();
        killedHere = true;
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the group with the grace given at the start. */
  @Override
  public void close() {
    stop(unattendedGrace);
  }

  private boolean gone() {
    if (!groupGone && !process.isAlive()) {
      groupGone = group.members().isEmpty();
    }
    return groupGone;
  }

  private void askToStop(Duration grace) {
    try (OutputStream watch = process.getOutputStream()) {
      watch.write((tenths(grace) + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException closed) {
      // Stopped before, or ended by itself: the watch is at it. If the watch was killed, somebody else must ask.
      process.destroy();
    }
  }

  private static long tenths(Duration grace) {
    return Math.max(0, grace.plusMillis(99).toMillis() / 100);
  }

  private static String resource(String name) {
    try (InputStream stream = GuardedProcess.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
