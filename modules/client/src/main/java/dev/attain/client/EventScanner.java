package dev.attain.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Looks through the JSON of one streamed event for the few things that matter, in one pass over its bytes and without an
 * object for any of them. It follows the structure, so that generated text which looks like a key deceives nobody.
 * Reused: the answers hold until the next {@link #scan}.
 */
final class EventScanner {
  private enum Level {
    EVENT, CHOICE, DELTA, USAGE
  }

  /** Carries no stack trace: it only leaves the walk. */
  private static final class Malformed extends RuntimeException {
    Malformed() {
      super("malformed JSON", null, false, false);
    }
  }

  static final int NO_USAGE = -1;

  private static final byte[] CHOICES = key("choices");
  private static final byte[] USAGE = key("usage");
  private static final byte[] ERROR = key("error");
  private static final byte[] OBJECT = key("object");
  private static final byte[] TEXT = key("text");
  private static final byte[] TOKEN_IDS = key("token_ids");
  private static final byte[] DELTA = key("delta");
  private static final byte[] FINISH_REASON = key("finish_reason");
  private static final byte[] STOP = key("stop");
  private static final byte[] CONTENT = key("content");
  private static final byte[] REASONING = key("reasoning");
  private static final byte[] REASONING_CONTENT = key("reasoning_content");
  private static final byte[] TOOL_CALLS = key("tool_calls");
  private static final byte[] ROLE = key("role");
  private static final byte[] COMPLETION_TOKENS = key("completion_tokens");

  private byte[] json = {};
  private int at;
  private int end;
  private boolean substance;
  private boolean emptyText;
  private boolean role;
  private boolean finish;
  private boolean stop;
  private boolean error;
  private int completionTokens;
  private int tokenIds;

  private static byte[] key(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /** Looks through one event; false when it is not a JSON object. */
  boolean scan(byte[] bytes, int from, int to) {
    json = bytes;
    at = from;
    end = to;
    substance = false;
    emptyText = false;
    role = false;
    finish = false;
    stop = false;
    error = false;
    completionTokens = NO_USAGE;
    tokenIds = 0;
    try {
      object(Level.EVENT);
      return true;
    } catch (Malformed e) {
      return false;
    }
  }

  /** A choice has text, reasoning, tool calls or token ids that are not empty. */
  boolean substance() {
    return substance;
  }

  /**
   * A choice has text that is empty, and it is not a chat message's opening (which has a role): the piece of a token that
   * is special or half of a character, or else an empty farewell.
   */
  boolean emptyText() {
    return emptyText && !role;
  }

  /** A choice has a finish reason. */
  boolean finish() {
    return finish;
  }

  /** A choice has the finish reason "stop": the model has chosen the end, not the limit. */
  boolean stop() {
    return stop;
  }

  /** The event is an error. */
  boolean error() {
    return error;
  }

  /** Output tokens so far as the server counts them, or {@link #NO_USAGE}. */
  int completionTokens() {
    return completionTokens;
  }

  /** How many token ids the choices have; 0 where a server sends none. */
  int tokenIds() {
    return tokenIds;
  }

  private void object(Level level) {
    take('{');
    if (peek() == '}') {
      at++;
      return;
    }
    byte separator;
    do {
      peek();
      int keyFrom = at + 1;
      skipString();
      int keyTo = at - 1;
      take(':');
      peek();
      member(level, keyFrom, keyTo);
      separator = peek();
      at++;
    } while (separator == ',');
    require(separator == '}');
  }

  private void member(Level level, int keyFrom, int keyTo) {
    byte first = json[at];
    switch (level) {
      case EVENT -> eventMember(keyFrom, keyTo, first);
      case CHOICE -> choiceMember(keyFrom, keyTo, first);
      case DELTA -> deltaMember(keyFrom, keyTo, first);
      case USAGE -> {
        if (is(keyFrom, keyTo, COMPLETION_TOKENS)) {
          completionTokens = number();
        } else {
          skipValue();
        }
      }
    }
  }

  private void eventMember(int keyFrom, int keyTo, byte first) {
    if (first == '[' && is(keyFrom, keyTo, CHOICES)) {
      choices();
    } else if (first == '{' && is(keyFrom, keyTo, USAGE)) {
      object(Level.USAGE);
    } else if (is(keyFrom, keyTo, ERROR)) {
      error |= first != 'n';
      skipValue();
    } else if (first == '"' && is(keyFrom, keyTo, OBJECT)) {
      int from = at + 1;
      skipString();
      // The older form of an error event: {"object":"error","message":"..."}.
      error |= is(from, at - 1, ERROR);
    } else {
      skipValue();
    }
  }

  private void choices() {
    take('[');
    if (peek() == ']') {
      at++;
      return;
    }
    byte separator;
    do {
      object(Level.CHOICE);
      separator = peek();
      at++;
    } while (separator == ',');
    require(separator == ']');
  }

  private void choiceMember(int keyFrom, int keyTo, byte first) {
    if (first == '"' && is(keyFrom, keyTo, TEXT)) {
      text();
    } else if (first == '{' && is(keyFrom, keyTo, DELTA)) {
      object(Level.DELTA);
    } else if (first == '[' && is(keyFrom, keyTo, TOKEN_IDS)) {
      ids();
    } else if (is(keyFrom, keyTo, FINISH_REASON)) {
      finish |= first != 'n';
      int from = at + 1;
      skipValue();
      stop |= first == '"' && is(from, at - 1, STOP);
    } else {
      skipValue();
    }
  }

  private void deltaMember(int keyFrom, int keyTo, byte first) {
    boolean isText = is(keyFrom, keyTo, CONTENT) || is(keyFrom, keyTo, REASONING)
        || is(keyFrom, keyTo, REASONING_CONTENT);
    if (first == '"' && isText) {
      text();
    } else if (first == '[' && (is(keyFrom, keyTo, TOOL_CALLS) || is(keyFrom, keyTo, TOKEN_IDS))) {
      list();
    } else {
      role |= first == '"' && is(keyFrom, keyTo, ROLE);
      skipValue();
    }
  }

  private void text() {
    int from = at + 1;
    skipString();
    if (at - 1 > from) {
      substance = true;
    } else {
      emptyText = true;
    }
  }

  private void list() {
    int from = at;
    at++;
    substance |= peek() != ']';
    at = from;
    skipValue();
  }

  private void ids() {
    take('[');
    if (peek() == ']') {
      at++;
      return;
    }
    substance = true;
    byte separator;
    do {
      peek();
      skipValue();
      tokenIds++;
      separator = peek();
      at++;
    } while (separator == ',');
    require(separator == ']');
  }

  private int number() {
    int value = 0;
    int from = at;
    while (at < end && json[at] >= '0' && json[at] <= '9') {
      value = 10 * value + (json[at] - '0');
      at++;
    }
    if (at == from) {
      skipValue();
      return NO_USAGE;
    }
    return value;
  }

  private void skipValue() {
    byte first = peek();
    if (first == '"') {
      skipString();
    } else if (first == '{' || first == '[') {
      skipNested();
    } else {
      int from = at;
      while (at < end && isScalar(json[at])) {
        at++;
      }
      require(at > from);
    }
  }

  private static boolean isScalar(byte b) {
    return b > ' ' && b != ',' && b != '}' && b != ']' && b != ':' && b != '"';
  }

  private void skipNested() {
    int depth = 0;
    do {
      byte b = peek();
      if (b == '"') {
        skipString();
      } else {
        depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
        at++;
      }
    } while (depth > 0);
  }

  private void skipString() {
    take('"');
    while (at < end) {
      byte b = json[at++];
      if (b == '"') {
        return;
      }
      if (b == '\\') {
        at++;
      }
    }
    throw new Malformed();
  }

  private void take(char expected) {
    require(peek() == expected);
    at++;
  }

  /** The next byte that is not white space. */
  private byte peek() {
    while (at < end && json[at] <= ' ' && json[at] >= 0) {
      at++;
    }
    require(at < end);
    return json[at];
  }

  private boolean is(int from, int to, byte[] key) {
    return to - from == key.length && Arrays.equals(json, from, to, key, 0, key.length);
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new Malformed();
    }
  }
}
