package dev.attain.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a simulator wrote with {@code --truth}. */
record Truth(Path file) {

  List<JsonNode> lines() {
    try {
      return Files.readAllLines(file).stream().map(SimulatorClient::json).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only line about a request; waits for it. */
  JsonNode of(String id) {
    SimulatorClient.eventually("a line about " + id,
        () -> lines().stream().anyMatch(line -> line.get("id").asText().equals(id)));
    List<JsonNode> found = lines().stream().filter(line -> line.get("id").asText().equals(id)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " lines about " + id);
    }
    return found.get(0);
  }

  static List<Long> longs(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asLong).toList();
  }
}
