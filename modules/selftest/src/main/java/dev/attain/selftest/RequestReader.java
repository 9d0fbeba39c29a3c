package dev.attain.selftest;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Collects what a connection reads until a request is whole. Between requests it holds no memory: tens of thousands of
 * connections may be open.
 */
final class RequestReader {
  private static final int LONGEST_HEAD = 32 << 10;
  private static final int BLANK_LINE = 4;

  private ByteBuf received;
  private int searched;
  private Optional<RequestHead> head = Optional.empty();
  private int bodyStart;

  /**
   * Takes over the buffer and returns the head once it is whole. Call {@link #wholeBody} next.
   *
   * @throws BadRequestException when this cannot become a request; then nothing that follows on the connection can be
   *         understood
   */
  Optional<RequestHead> take(ByteBuf data) throws BadRequestException {
    append(data);
    if (head.isPresent()) {
      return head;
    }
    int start = received.readerIndex();
    int blankLine = blankLine(start);
    if (blankLine < 0) {
      if (received.readableBytes() > LONGEST_HEAD) {
        throw new BadRequestException(431, "the head of a request may have 32 KiB at most");
      }
      return Optional.empty();
    }
    head = Optional.of(
        RequestHead.parse(received.toString(start, blankLine - start, StandardCharsets.ISO_8859_1)));
    bodyStart = blankLine - start + BLANK_LINE;
    return head;
  }

  /** Whether the body of the head that was returned last is there as well. */
  boolean wholeBody() {
    return head.isPresent() && received.readableBytes() >= bodyStart + head.get().length();
  }

  /** Whether the client has sent more than the request. */
  boolean more() {
    return received.readableBytes() > bodyStart + head.orElseThrow().length();
  }

  /** Where the body begins within {@link #buffer}; the head says how long it is. */
  int bodyIndex() {
    return received.readerIndex() + bodyStart;
  }

  ByteBuf buffer() {
    return received;
  }

  /** Forgets everything and is ready for the next request. */
  void clear() {
    if (received != null) {
      received.release();
      received = null;
    }
    searched = 0;
    head = Optional.empty();
  }

  private void append(ByteBuf data) {
    if (received == null) {
      received = data;
      return;
    }
    try {
      int whole = head.map(known -> bodyStart + known.length()).orElse(0);
      received.ensureWritable(Math.max(data.readableBytes(), whole - received.readableBytes()));
      received.writeBytes(data);
    } finally {
      data.release();
    }
  }

  /** Index of the first of the four bytes that end the head, or -1. */
  private int blankLine(int start) {
    int from = Math.max(start, searched);
    int end = received.writerIndex();
    for (int line = received.indexOf(from, end, (byte) '\n'); line >= 0; line = received.indexOf(line + 1, end,
        (byte) '\n')) {
      if (line - start >= BLANK_LINE - 1 && received.getByte(line - 1) == '\r' && received.getByte(line - 2) == '\n'
          && received.getByte(line - 3) == '\r') {
        return line - 3;
      }
    }
    searched = Math.max(start, end - BLANK_LINE);
    return -1;
  }
}
