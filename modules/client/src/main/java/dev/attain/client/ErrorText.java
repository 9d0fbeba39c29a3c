package dev.attain.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a server said went wrong, short enough for a reason. */
final class ErrorText {
  private static final int LONGEST = 200;
  private static final JsonFactory JSON = new JsonFactory();

  private ErrorText() {}

  /**
   * The message of an error body: {@code error.message}, {@code message}, {@code error} or {@code detail}, whichever the
   * server uses; otherwise the body itself. At most 200 characters.
   */
  static String of(byte[] body, int from, int to) {
    String message = "";
    String error = "";
    String detail = "";
    try (JsonParser parser = JSON.createParser(body, from, to - from)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && parser.getCurrentName() != null) {
          switch (parser.getCurrentName()) {
            case "message" -> message = message.isEmpty() ? parser.getText() : message;
            case "error" -> error = parser.getText();
            case "detail", "msg" -> detail = detail.isEmpty() ? parser.getText() : detail;
            default -> {}
          }
        }
      }
    } catch (IOException e) {
      return clip(new String(body, from, to - from, StandardCharsets.UTF_8));
    }
    String best = message.isEmpty() ? error.isEmpty() ? detail : error : message;
    return clip(best.isEmpty() ? new String(body, from, to - from, StandardCharsets.UTF_8) : best);
  }

  /** One line of at most 200 characters. */
  static String clip(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
  }
}
