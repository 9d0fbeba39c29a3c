package dev.attain.client;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A growable run of bytes that puts a line together whose parts arrive in several reads. Reused, never shrunk. */
final class ByteLine {
  private final int limit;
  private byte[] bytes;
  private int length;

  /** Longer content than {@code limit} bytes is refused, so that a broken peer cannot fill the heap. */
  ByteLine(int initial, int limit) {
    this.bytes = new byte[initial];
    this.limit = limit;
  }

  void append(ByteBuf data, int from, int to) {
    int grown = length + (to - from);
    if (grown > limit) {
      throw new MalformedResponseException("a line or body longer than " + limit + " bytes");
    }
    if (grown > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(grown, 2 * bytes.length)));
    }
    data.getBytes(from, bytes, length, to - from);
    length = grown;
  }

  /** Valid until the next {@link #append}. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void truncate(int shorter) {
    length = shorter;
  }
}
