package dev.attain.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of ours that answers each line on its standard input by a line of JSON; pinned to CPUs. One caller. */
final class TalkingProcess implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int SHOWN_LINES = 5;
  /** What the reading thread leaves behind when the output has ended. */
  private static final String END = "";

  private final String name;
  private final Process process;
  private final Path log;
  private final Writer input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private TalkingProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().name("output of " + name).start(this::read);
  }

  /** Starts a class of this program in a JVM of its own; standard error goes to the log. */
  static TalkingProcess start(String name, String cpus, List<String> javaOptions, Class<?> main, List<String> arguments,
      Path log) throws IOException {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", cpus,
        Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    // Both keep newer Javas from warning about what Netty does with memory.
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new TalkingProcess(name, new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  private void read() {
    try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      // It was killed while it wrote; what it had to say is missed below.
    } finally {
      lines.add(END);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Its next line, which it may print unasked. */
  JsonNode next(Duration limit) throws IOException, InterruptedException {
    String line = lines.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (line == null) {
      throw new IOException(name + " did not answer within " + limit.toSeconds() + " s" + tail());
    }
    if (line.equals(END)) {
      throw new IOException(name + " ended before it answered" + tail());
    }
    try {
      return Json.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException(name + " answered something that is not JSON: " + line, e);
    }
  }

  /** Its answer to a line. */
  JsonNode ask(String line, Duration limit) throws IOException, InterruptedException {
    input.write(line + "\n");
    input.flush();
    return next(limit);
  }

  private String tail() throws IOException {
    List<String> said = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return said.isEmpty()
        ? ""
        : "; its last words (" + log + "): "
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
