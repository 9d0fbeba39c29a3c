package dev.attain.selftest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that answers each line on its standard input by a line; it ends with its input, and so with this process,
 * whatever happens. For one thread.
 */
public final class TalkingProcess implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int SHOWN_LINES = 5;
  /** What the reading thread leaves behind when the output has ended. */
  private static final String ENDED = "";

  private final String name;
  private final Process process;
  private final Optional<Path> log;
  private final Writer input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private TalkingProcess(String name, Process process, Optional<Path> log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().name("attain-output of " + name).start(this::readOutput);
  }

  /**
   * Starts it.
   *
   * @param name for messages: {@code the known-truth server}
   * @param command the whole command line
   * @param log for its standard error; empty is this process's own
   * @throws IOException when it cannot be started
   */
  public static TalkingProcess start(String name, List<String> command, Optional<Path> log) throws IOException {
    Redirect errors = log.map(file -> Redirect.to(file.toFile())).orElse(Redirect.INHERIT);
    return new TalkingProcess(name, new ProcessBuilder(command).redirectError(errors).start(), log);
  }

  private void readOutput() {
    try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().filter(line -> !line.isBlank()).forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // The process is gone, which whoever waits for a line is told.
    } finally {
      lines.add(ENDED);
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /**
   * Its next line, which it may print unasked.
   *
   * @throws IOException when there is none in time, or it has ended; the message is a sentence for the user
   */
  public String next(Duration limit) throws IOException, InterruptedException {
    String line = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) {
      throw new IOException(
          "%s (process %d) has not answered within %d s%s".formatted(name, pid(), limit.toSeconds(), lastWords()));
    }
    if (line.equals(ENDED)) {
      throw new IOException("%s (process %d) has ended%s%s".formatted(name, pid(),
          process.isAlive() ? "" : " with exit code " + process.exitValue(), lastWords()));
    }
    return line;
  }

  /** Its answer to a line; as {@link #next}. */
  public String ask(String line, Duration limit) throws IOException, InterruptedException {
    input.write(line + "\n");
    input.flush();
    return next(limit);
  }

  private String lastWords() throws IOException {
    if (log.isEmpty() || !Files.exists(log.get())) {
      return "";
    }
    List<String> said = Files.readAllLines(log.get());
    return said.isEmpty()
        ? ""
        : "; its last words (" + log.get() + "): "
            + String.join(" / ", said.subList(Math.max(0, said.size() - SHOWN_LINES), said.size()));
  }

  /** Ends its input, which ends it; kills it if it does not follow. */
  @Override
  public void close() {
    try {
      input.close();
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
