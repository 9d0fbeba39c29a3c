package dev.attain.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Finds {@code kv_transfer_params} in a prefill answer. */
final class KvTransferParams {
  private static final JsonFactory JSON = new JsonFactory();

  private KvTransferParams() {}

  /**
   * The value's own bytes, whatever its keys, so that the decode instance gets what the prefill instance said and not
   * what this client understands of it. Empty when the key is missing at the top level, or its value is not an object
   * with at least one key.
   *
   * @throws MalformedResponseException when the answer is not JSON
   */
  static Optional<byte[]> in(byte[] body, int length) {
    try (JsonParser parser = JSON.createParser(body, 0, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedResponseException("the answer is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.getCurrentName().equals("kv_transfer_params");
        JsonToken value = parser.nextToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        if (wanted) {
          int to = (int) parser.currentLocation().getByteOffset();
          return value == JsonToken.START_OBJECT && !isEmpty(body, from, to)
              ? Optional.of(Arrays.copyOfRange(body, from, to))
              : Optional.empty();
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new MalformedResponseException(
          "the answer is not JSON: "
              + ErrorText.clip(new String(body, 0, length, java.nio.charset.StandardCharsets.UTF_8)));
    }
  }

  private static boolean isEmpty(byte[] body, int from, int to) {
    for (int at = from + 1; at < to - 1; at++) {
      if (body[at] > ' ') {
        return false;
      }
    }
    return true;
  }
}
