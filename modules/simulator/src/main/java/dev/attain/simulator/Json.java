package dev.attain.simulator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** Writes JSON that is built once for a request; tokens have {@link StreamText}. */
final class Json {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** Text of an object filled by the caller. */
  static String object(Consumer<ObjectNode> filling) {
    ObjectNode node = MAPPER.createObjectNode();
    filling.accept(node);
    return node.toString();
  }

  /** A string with its quotes. */
  static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
