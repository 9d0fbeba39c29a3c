package dev.attain.systemtests;

import dev.attain.engines.SelfCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The command {@code attain} as a process of its own, started with the class path of this JVM in a folder of the test.
 * Closing it ends everything that came from it.
 */
final class AttainProcess implements AutoCloseable {
  /** How a process that was started in {@code folder} ended, and what it said. */
  record Ended(Path folder, int exitCode, String out, String err) {
    String lastLine() {
      return out.lines().reduce("", (before, line) -> line);
    }

    /** The bundle that the last line of the output names. */
    RunBundle bundle() {
      if (!lastLine().startsWith("bundle: ")) {
        throw new AssertionError("the last line of the output is \"" + lastLine() + "\"; errors:\n" + err);
      }
      return RunBundle.open(folder.resolve(lastLine().substring("bundle: ".length())));
    }
  }

  /** How long a test waits for what takes seconds: a build machine may be ten times slower than it should be. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final long HEAP_BYTES = 192L << 20;
  /** For all JVMs of a run: they live for seconds, and half of their work would be to optimise themselves. */
  private static final Map<String, String> QUICK_START = Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
  private static final List<String> PREFIX = defaultSignals();

  private final Process process;
  private final Path out;
  private final Path err;
  private final MarkedProcesses marked;

  private AttainProcess(Process process, Path out, Path err, MarkedProcesses marked) {
    this.process = process;
    this.out = out;
    this.err = err;
    this.marked = marked;
  }

  static AttainProcess start(Path folder, String... arguments) {
    return start(folder, Map.of(), arguments);
  }

  /** @param folder the working directory; the output streams become files in it */
  static AttainProcess start(Path folder, Map<String, String> environment, String... arguments) {
    MarkedProcesses marked = new MarkedProcesses();
    List<String> command = new ArrayList<>(PREFIX);
    command.addAll(SelfCommand.ofThisJvm().command(HEAP_BYTES, List.of(arguments)));
    try {
      Path out = Files.createTempFile(folder, "attain-", ".out");
      Path err = Files.createTempFile(folder, "attain-", ".err");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
          .redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(QUICK_START);
      builder.environment().putAll(environment);
      marked.putInto(builder.environment());
      return new AttainProcess(builder.start(), out, err, marked);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts, waits and cleans up: for commands that end by themselves and must leave nothing behind. */
  static Ended run(Path folder, String... arguments) {
    return run(folder, Map.of(), arguments);
  }

  static Ended run(Path folder, Map<String, String> environment, String... arguments) {
    try (AttainProcess process = start(folder, environment, arguments)) {
      Ended ended = process.awaitEnd(PATIENCE);
      process.marked().requireNoneWithin(Duration.ofSeconds(20));
      return ended;
    }
  }

  /** This process and all that came from it. */
  MarkedProcesses marked() {
    return marked;
  }

  String out() {
    return read(out);
  }

  /** Without what the JVM itself says about {@link #QUICK_START}. */
  String err() {
    return read(err).replaceAll("(?m)^NOTE: Picked up JDK_JAVA_OPTIONS.*\\R", "");
  }

  /** Waits until a line of either stream matches. */
  MatchResult awaitLine(String pattern) {
    Pattern line = Pattern.compile(pattern, Pattern.MULTILINE);
    return until("a line with " + pattern, PATIENCE, () -> line.matcher(err() + "\n" + out()).results().findFirst());
  }

  /** Waits for something that this process causes; fails at once when the process ends before. */
  void until(String what, BooleanSupplier condition) {
    until(what, PATIENCE, condition);
  }

  void until(String what, Duration patience, BooleanSupplier condition) {
    until(what, patience, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  private <T> T until(String what, Duration patience, Supplier<Optional<T>> look) {
    try {
      return Eventually.appears(what, patience, () -> {
        boolean running = process.isAlive();
        Optional<T> found = look.get();
        if (found.isEmpty() && !running) {
          throw new AssertionError("attain ended with " + process.exitValue() + " before: " + what);
        }
        return found;
      });
    } catch (AssertionError missing) {
      throw new AssertionError(missing.getMessage() + "; output so far:\n" + out() + err(), missing);
    }
  }

  /** Sends a signal by name: INT, TERM or KILL. */
  void signal(String name) {
    signal(process.pid(), name);
  }

  static void signal(long pid, String name) {
    send(name, Long.toString(pid));
  }

  /** To every process of a group. */
  static void signalGroup(long group, String name) {
    send(name, "-" + group);
  }

  private static void send(String name, String target) {
    try {
      if (new ProcessBuilder("kill", "-s", name, "--", target).inheritIO().start().waitFor() != 0) {
        throw new AssertionError("no process " + target + " to signal");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  Ended awaitEnd(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("attain did not end within %d s; output so far:\n%s%s".formatted(patience.toSeconds(),
            out(), err()));
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    return new Ended(out.getParent(), process.exitValue(), out(), err());
  }

  boolean alive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    marked.killAll();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A build that runs in the background of a shell ignores SIGINT, and so would everything it starts; where {@code env}
   * can, it restores what a terminal gives.
   */
  private static List<String> defaultSignals() {
    List<String> prefix = List.of("env", "--default-signal=INT,TERM");
    List<String> probe = new ArrayList<>(prefix);
    probe.add("true");
    try {
      Process process = new ProcessBuilder(probe).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      return process.waitFor() == 0 ? prefix : List.of();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
