package dev.attain.selftest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A known-truth server in a process of its own; it ends with this one, whatever happens. For one thread. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("\\{\"port\": (\\d+)\\}");
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final long END_SECONDS = 5;
  private static final String ENDED = "";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final URI uri;

  private ServerProcess(Process process) throws IOException, InterruptedException {
    this.process = process;
    Thread.ofPlatform().daemon().name("attain-truth-output").start(this::readOutput);
    String first = line(START, "has not started");
    Matcher ready = READY.matcher(first);
    if (!ready.matches()) {
      throw new IOException("the known-truth server did not start; it said: " + first);
    }
    uri = URI.create("http://127.0.0.1:" + ready.group(1));
  }

  /**
   * Returns when it is ready.
   *
   * @param command the whole command line
   * @throws IOException when it cannot be started; the message is a sentence for the user
   */
  static ServerProcess start(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      return new ServerProcess(process);
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Where it listens. */
  URI uri() {
    return uri;
  }

  /** How true it was since the last time. */
  ServerReport report() throws IOException, InterruptedException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    return ServerReport.parse(line(ANSWER, "has not reported"));
  }

  private String line(Duration limit, String otherwise) throws IOException, InterruptedException {
    String line = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) {
      throw new IOException(
          "the known-truth server (process " + process.pid() + ") " + otherwise + " within " + limit.toSeconds()
              + " s");
    }
    if (line.equals(ENDED)) {
      throw new IOException("the known-truth server (process " + process.pid() + ") has ended"
          + (process.isAlive() ? "" : " with exit code " + process.exitValue()));
    }
    return line;
  }

  private void readOutput() {
    try (BufferedReader output = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().filter(line -> !line.isBlank()).forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // The process is gone, which whoever waits for a line is told.
    } finally {
      lines.add(ENDED);
    }
  }

  /** Ends it, by force if it takes more than a few seconds. */
  @Override
  public void close() throws IOException {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }
}
