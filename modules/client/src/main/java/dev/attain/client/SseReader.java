package dev.attain.client;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts a stream of server-sent events into the data of single events, wherever the bytes are split. Lines end with LF or
 * CRLF; comments and fields other than {@code data} are skipped; several {@code data} lines of one event are joined by a
 * line feed; one space after the colon and all white space at the end of the data are dropped (TensorRT-LLM sends some).
 *
 * <p>One buffer for each stream holds the event under way; nothing is allocated for an event.
 */
final class SseReader {
  /** Receives the data of each event. */
  interface Events {
    /** The data is {@code bytes[from .. to)}, valid during the call. */
    void event(byte[] bytes, int from, int to);
  }

  private static final int INITIAL_BYTES = 512;
  private static final int LIMIT_BYTES = 16 * 1024 * 1024;
  private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

  private final Events events;
  /** The data lines of the event so far, then the line under way. */
  private final ByteLine buffer = new ByteLine(INITIAL_BYTES, LIMIT_BYTES);
  private boolean hasData;
  private int dataFrom;
  private int dataTo;

  SseReader(Events events) {
    this.events = events;
  }

  /** Takes the bytes {@code from} until {@code to} of {@code data}. */
  void read(ByteBuf data, int from, int to) {
    int at = from;
    while (at < to) {
      int lineFeed = data.indexOf(at, to, (byte) '\n');
      if (lineFeed < 0) {
        buffer.append(data, at, to);
        return;
      }
      buffer.append(data, at, lineFeed);
      line();
      at = lineFeed + 1;
    }
  }

  /** The stream has ended: an event that lacks only its blank line, or its line feed, still counts. */
  void end() {
    line();
    if (hasData) {
      dispatch();
    }
  }

  private void line() {
    byte[] bytes = buffer.bytes();
    int start = hasData ? dataTo : 0;
    int end = buffer.length();
    if (end > start && bytes[end - 1] == '\r') {
      end--;
    }
    if (end == start) {
      if (hasData) {
        dispatch();
      }
    } else if (end - start >= DATA.length && Arrays.equals(bytes, start, start + DATA.length, DATA, 0, DATA.length)) {
      int payload = start + DATA.length;
      dataLine(bytes, payload < end && bytes[payload] == ' ' ? payload + 1 : payload, end);
    }
    buffer.truncate(hasData ? dataTo : 0);
  }

  private void dataLine(byte[] bytes, int from, int to) {
    if (!hasData) {
      hasData = true;
      dataFrom = from;
      dataTo = to;
      return;
    }
    bytes[dataTo] = '\n';
    System.arraycopy(bytes, from, bytes, dataTo + 1, to - from);
    dataTo += 1 + to - from;
  }

  private void dispatch() {
    byte[] bytes = buffer.bytes();
    int to = dataTo;
    while (to > dataFrom && bytes[to - 1] <= ' ' && bytes[to - 1] >= 0) {
      to--;
    }
    hasData = false;
    if (to > dataFrom) {
      events.event(bytes, dataFrom, to);
    }
  }
}
