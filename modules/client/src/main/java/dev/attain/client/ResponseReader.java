package dev.attain.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads one HTTP/1.1 response after the other from bytes that may be split anywhere: status line, headers, and a body
 * framed by chunks, by its length or by the end of the connection. Body bytes are passed on as ranges of the buffer they
 * arrived in: nothing is copied and nothing is allocated for a chunk.
 */
final class ResponseReader {
  /** Receives the parts of a response in their order. */
  interface Sink {
    /** Status line and headers are complete. Interim (1xx) answers are not reported. */
    void head(int status);

    /** Body bytes {@code from} until {@code to} of {@code data}, without framing. */
    void body(ByteBuf data, int from, int to);
  }

  private enum State {
    IDLE, STATUS, HEADER, LENGTH, CHUNK_SIZE, CHUNK_EXTENSION, CHUNK_DATA, CHUNK_END, TRAILER, UNTIL_CLOSE, COMPLETE
  }

  private static final int HEAD_LINE_LIMIT = 64 * 1024;
  private static final int LONGEST_CHUNK_SIZE_DIGITS = 8;
  private static final int LONGEST_LENGTH_DIGITS = 18;

  private final ByteLine line = new ByteLine(128, HEAD_LINE_LIMIT);
  private State state = State.IDLE;
  private int status;
  private boolean keepAlive;
  private long keptNanos = -1;
  private boolean chunked;
  private long contentLength;
  private long remaining;
  private int sizeDigits;

  /** Makes ready for the response to a request that is about to be written. */
  void expectResponse() {
    state = State.STATUS;
    line.truncate(0);
  }

  /** Whether a whole response has been read since {@link #expectResponse}. */
  boolean complete() {
    return state == State.COMPLETE;
  }

  /** After a complete response: whether the server lets the connection be used again. */
  boolean keepAlive() {
    return keepAlive;
  }

  /** How long the server lets an idle connection be used, as its newest answer says; -1 when none has said so. */
  long keptNanos() {
    return keptNanos;
  }

  /** Whether the end of the connection now is the regular end of the body. */
  boolean endsWithConnection() {
    return state == State.UNTIL_CLOSE;
  }

  /**
   * Reads until the buffer is empty or the response is complete; what is left over then stays in the buffer.
   *
   * @throws MalformedResponseException when the bytes are not HTTP
   */
  void read(ByteBuf data, Sink sink) {
    int end = data.writerIndex();
    int at = data.readerIndex();
    while (at < end && state != State.COMPLETE) {
      at = switch (state) {
        case STATUS, HEADER, TRAILER -> headLine(data, at, end, sink);
        case CHUNK_SIZE, CHUNK_EXTENSION -> chunkSize(data.getByte(at), at);
        case CHUNK_END -> chunkEnd(data.getByte(at), at);
        case CHUNK_DATA, LENGTH -> counted(data, at, end, sink);
        case UNTIL_CLOSE -> {
          sink.body(data, at, end);
          yield end;
        }
        case IDLE -> throw new MalformedResponseException("bytes without a request");
        case COMPLETE -> throw new AssertionError("left the loop");
      };
    }
    data.readerIndex(at);
  }

  private int headLine(ByteBuf data, int at, int end, Sink sink) {
    int lineFeed = data.indexOf(at, end, (byte) '\n');
    line.append(data, at, lineFeed < 0 ? end : lineFeed);
    if (lineFeed < 0) {
      return end;
    }
    int length = line.length();
    if (length > 0 && line.bytes()[length - 1] == '\r') {
      length--;
    }
    String text = new String(line.bytes(), 0, length, StandardCharsets.ISO_8859_1);
    line.truncate(0);
    switch (state) {
      case STATUS -> statusLine(text);
      case HEADER -> header(text, sink);
      default -> state = text.isEmpty() ? State.COMPLETE : State.TRAILER;
    }
    return lineFeed + 1;
  }

  private void statusLine(String text) {
    boolean known = text.startsWith("HTTP/1.1 ") || text.startsWith("HTTP/1.0 ");
    if (!known || text.length() < 12 || !text.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new MalformedResponseException("not an HTTP/1.1 status line: " + ErrorText.clip(text));
    }
    status = Integer.parseInt(text.substring(9, 12));
    keepAlive = text.startsWith("HTTP/1.1");
    chunked = false;
    contentLength = -1;
    state = State.HEADER;
  }

  private void header(String text, Sink sink) {
    if (text.isEmpty()) {
      headComplete(sink);
      return;
    }
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new MalformedResponseException("not a header: " + ErrorText.clip(text));
    }
    String value = text.substring(colon + 1).strip();
    switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "content-length" -> contentLength = parseLength(value);
      case "transfer-encoding" -> chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
      case "connection" -> keepAlive = keepAlive
          ? !value.equalsIgnoreCase("close")
          : value.equalsIgnoreCase("keep-alive");
      case "keep-alive" -> keptNanos = KeepAlive.usableNanos(value);
      case "content-encoding" -> requireIdentity(value);
      default -> {}
    }
  }

  private static long parseLength(String value) {
    boolean digits = !value.isEmpty() && value.length() <= LONGEST_LENGTH_DIGITS
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      throw new MalformedResponseException("not a content-length: " + ErrorText.clip(value));
    }
    return Long.parseLong(value);
  }

  private static void requireIdentity(String encoding) {
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new MalformedResponseException(
          "content-encoding " + ErrorText.clip(encoding) + ", which was not asked for");
    }
  }

  private void headComplete(Sink sink) {
    if (status < 200) {
      state = State.STATUS;
      return;
    }
    boolean withoutBody = status == 204 || status == 304 || (!chunked && contentLength == 0);
    remaining = contentLength;
    sizeDigits = 0;
    if (withoutBody) {
      state = State.COMPLETE;
    } else if (chunked) {
      remaining = 0;
      state = State.CHUNK_SIZE;
    } else if (contentLength > 0) {
      state = State.LENGTH;
    } else {
      keepAlive = false;
      state = State.UNTIL_CLOSE;
    }
    sink.head(status);
  }

  private int chunkSize(byte next, int at) {
    int digit = state == State.CHUNK_SIZE ? Character.digit(next, 16) : -1;
    if (digit >= 0) {
      remaining = remaining << 4 | digit;
      if (++sizeDigits > LONGEST_CHUNK_SIZE_DIGITS) {
        throw new MalformedResponseException("a chunk size of more than " + LONGEST_CHUNK_SIZE_DIGITS + " digits");
      }
    } else if (next == '\n') {
      if (sizeDigits == 0) {
        throw new MalformedResponseException("a chunk without a size");
      }
      sizeDigits = 0;
      state = remaining == 0 ? State.TRAILER : State.CHUNK_DATA;
    } else if (next == ';' || next == ' ' || next == '\t' || next == '\r') {
      state = State.CHUNK_EXTENSION;
    } else if (state == State.CHUNK_SIZE) {
      throw new MalformedResponseException("not a chunk size");
    }
    return at + 1;
  }

  private int counted(ByteBuf data, int at, int end, Sink sink) {
    int to = (int) Math.min(end, at + remaining);
    sink.body(data, at, to);
    remaining -= to - at;
    if (remaining == 0) {
      state = state == State.LENGTH ? State.COMPLETE : State.CHUNK_END;
    }
    return to;
  }

  private int chunkEnd(byte next, int at) {
    if (next == '\n') {
      state = State.CHUNK_SIZE;
    } else if (next != '\r') {
      throw new MalformedResponseException("a chunk longer than its size");
    }
    return at + 1;
  }
}
