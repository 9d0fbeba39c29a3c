package dev.attain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one reader and writer of JSON. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();
  static final ObjectMapper PRETTY = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /**
   * What a tool has written.
   *
   * @throws ContenderException when it has not
   */
  static JsonNode written(Path folder, String name) throws ContenderException, IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      throw new ContenderException("it wrote no " + name);
    }
    return MAPPER.readTree(file.toFile());
  }

  /**
   * A number that a tool should have reported.
   *
   * @param pointer where, as a JSON pointer
   * @throws ContenderException when it is not there
   */
  static Number number(JsonNode report, String pointer) throws ContenderException {
    JsonNode value = report.at(pointer);
    if (!value.isNumber()) {
      throw new ContenderException("its report has no number at " + pointer);
    }
    return value.numberValue();
  }
}
