package dev.attain.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attain.simulator.SimulatorMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A simulated engine on a socket of this process, so that its clock is ours, which writes down what it really did.
 *
 * @param server serves until it is interrupted
 */
record SimulatedEngine(URI uri, Path truth, Thread server) implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("on (http://\\S+) \\(simulated\\)");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  static SimulatedEngine start(Path truth, List<String> flags) {
    List<String> arguments = new ArrayList<>(flags);
    arguments.addAll(List.of("--port", "0", "--truth", truth.toString()));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    Thread server = new Thread(() -> SimulatorMain.run(arguments.toArray(String[]::new), out, out), "simulated-engine");
    server.start();
    URI uri = Eventually.appears("an address of the engine", PATIENCE, () -> {
      Matcher address = ADDRESS.matcher(said.toString(StandardCharsets.UTF_8));
      return address.find() ? Optional.of(URI.create(address.group(1))) : Optional.empty();
    });
    return new SimulatedEngine(uri, truth, server);
  }

  /** The truth about a request; waits until it is written. */
  JsonNode truthOf(String id) {
    return Eventually.appears("the truth about " + id, PATIENCE,
        () -> lines().stream().filter(line -> line.get("id").asText().equals(id)).findFirst());
  }

  private List<JsonNode> lines() {
    try {
      List<JsonNode> lines = new ArrayList<>();
      String text = Files.readString(truth);
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        lines.add(JSON.readTree(line));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.interrupt();
    try {
      server.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
