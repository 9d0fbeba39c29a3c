package dev.attain.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** The one reader and writer of JSON. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();
  static final ObjectMapper PRETTY = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

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
