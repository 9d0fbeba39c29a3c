package dev.attain.selftest;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Finds the few keys that matter in a body of any size. It follows the JSON's structure, since prompts may contain
 * anything, but it jumps over texts and token ids eight bytes at a time: 200 KiB of prompt take some 20 us, in which no
 * event of another answer can leave.
 */
final class BodyReader {
  private static final byte[] MAX_TOKENS = key("max_tokens");
  private static final byte[] MAX_COMPLETION_TOKENS = key("max_completion_tokens");
  private static final byte[] STREAM = key("stream");
  private static final byte[] STREAM_OPTIONS = key("stream_options");
  private static final byte[] INCLUDE_USAGE = key("include_usage");
  private static final int ABSENT = -1;

  private final ByteBuf json;
  private final int end;
  private int at;
  private int maxTokens = ABSENT;
  private int maxCompletionTokens = ABSENT;
  private boolean stream;
  private boolean usage;

  private BodyReader(ByteBuf json, int from, int end) {
    this.json = json;
    this.at = from;
    this.end = end;
  }

  private static byte[] key(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads the body between two indices of a buffer. */
  static GenerationRequest read(ByteBuf buffer, int from, int end) throws BadRequestException {
    BodyReader body = new BodyReader(buffer, from, end);
    body.object(false);
    body.blanks();
    if (body.at != end) {
      throw malformed();
    }
    int asked = body.maxCompletionTokens == ABSENT ? body.maxTokens : body.maxCompletionTokens;
    int tokens = asked == ABSENT ? GenerationRequest.DEFAULT_TOKENS : asked;
    if (tokens < 1 || tokens > GenerationRequest.MOST_TOKENS) {
      throw new BadRequestException(400, "max_tokens must be from 1 to " + GenerationRequest.MOST_TOKENS);
    }
    return new GenerationRequest(tokens, body.stream, body.usage);
  }

  private void object(boolean options) throws BadRequestException {
    blanks();
    expect('{');
    blanks();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      blanks();
      int from = at + 1;
      text();
      int to = at - 1;
      blanks();
      expect(':');
      blanks();
      value(options, from, to);
      blanks();
      if (peek() == '}') {
        at++;
        return;
      }
      expect(',');
    }
  }

  private void value(boolean options, int from, int to) throws BadRequestException {
    if (options) {
      if (is(INCLUDE_USAGE, from, to)) {
        usage = truth();
      } else {
        skip();
      }
    } else if (is(MAX_TOKENS, from, to)) {
      maxTokens = number();
    } else if (is(MAX_COMPLETION_TOKENS, from, to)) {
      maxCompletionTokens = number();
    } else if (is(STREAM, from, to)) {
      stream = truth();
    } else if (is(STREAM_OPTIONS, from, to) && peek() == '{') {
      object(true);
    } else {
      skip();
    }
  }

  private boolean is(byte[] key, int from, int to) {
    if (to - from != key.length) {
      return false;
    }
    for (int index = 0; index < key.length; index++) {
      if (json.getByte(from + index) != key[index]) {
        return false;
      }
    }
    return true;
  }

  private boolean truth() throws BadRequestException {
    boolean yes = peek() == 't';
    skip();
    return yes;
  }

  /** A whole number; {@link #ABSENT} for null. */
  private int number() throws BadRequestException {
    if (peek() == 'n') {
      skip();
      return ABSENT;
    }
    int value = 0;
    int from = at;
    while (at < end && json.getByte(at) >= '0' && json.getByte(at) <= '9') {
      value = Math.min(GenerationRequest.MOST_TOKENS + 1, value * 10 + json.getByte(at) - '0');
      at++;
    }
    if (at == from || peek() == '.' || peek() == 'e' || peek() == 'E') {
      throw new BadRequestException(400, "max_tokens must be a whole number of at least 1");
    }
    return value;
  }

  /** Over any value, however deep. */
  private void skip() throws BadRequestException {
    int depth = 0;
    do {
      blanks();
      switch (peek()) {
        case '"' -> text();
        case '{', '[' -> {
          depth++;
          at++;
          ids();
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        case ',', ':' -> at++;
        default -> word();
      }
      blanks();
    } while (depth > 0);
    if (depth < 0) {
      throw malformed();
    }
  }

  /** Behind the opening bracket of an array: to its end, where it holds numbers. */
  private void ids() {
    if (json.getByte(at - 1) == '[' && at < end && json.getByte(at) >= '0' && json.getByte(at) <= '9') {
      int closing = json.indexOf(at, end, (byte) ']');
      at = closing < 0 ? end : closing;
    }
  }

  /** A number, or true, false and null. */
  private void word() throws BadRequestException {
    int from = at;
    while (at < end && (Character.isLetterOrDigit(json.getByte(at)) || "+-.".indexOf(json.getByte(at)) >= 0)) {
      at++;
    }
    if (at == from) {
      throw malformed();
    }
  }

  private void text() throws BadRequestException {
    expect('"');
    while (true) {
      int quote = json.indexOf(at, end, (byte) '"');
      if (quote < 0) {
        throw malformed();
      }
      int backslashes = 0;
      while (quote - backslashes > at && json.getByte(quote - backslashes - 1) == '\\') {
        backslashes++;
      }
      at = quote + 1;
      if (backslashes % 2 == 0) {
        return;
      }
    }
  }

  private void blanks() {
    while (at < end && (json.getByte(at) == ' ' || json.getByte(at) == '\n' || json.getByte(at) == '\r'
        || json.getByte(at) == '\t')) {
      at++;
    }
  }

  private int peek() throws BadRequestException {
    if (at >= end) {
      throw malformed();
    }
    return json.getByte(at);
  }

  private void expect(char wanted) throws BadRequestException {
    if (peek() != wanted) {
      throw malformed();
    }
    at++;
  }

  private static BadRequestException malformed() {
    return new BadRequestException(400, "the body is not a JSON object");
  }
}
