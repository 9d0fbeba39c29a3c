package dev.attain.sockets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Where a loop's reads go: a {@code msghdr} with one buffer and room for the kernel's stamp. */
final class Inbox {
  /** Of one read, in bytes. */
  static final int CAPACITY = 64 * 1024;
  /** The kernel gave no stamp. */
  static final long NONE = Long.MIN_VALUE;

  private static final int VECTOR_AT = 56;
  private static final int CONTROL_AT = 72;
  private static final int CONTROL_BYTES = 64;
  private static final int CONTROL_LENGTH_AT = 40;
  private static final int LEVEL_AT = CONTROL_AT + 8;
  private static final int TYPE_AT = CONTROL_AT + 12;
  private static final int SECONDS_AT = CONTROL_AT + 16;
  private static final int NANOS_AT = CONTROL_AT + 24;
  private static final int TIMESPEC_LENGTH = 32;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final ByteBuf data = Unpooled.directBuffer(CAPACITY, CAPACITY);
  private final ByteBuf header = Unpooled.directBuffer(CONTROL_AT + CONTROL_BYTES).writeZero(
      CONTROL_AT + CONTROL_BYTES);
  private final long message = header.memoryAddress();

  Inbox() {
    header.setLongLE(16, message + VECTOR_AT).setLongLE(24, 1).setLongLE(32, message + CONTROL_AT);
    header.setLongLE(VECTOR_AT, data.memoryAddress()).setLongLE(VECTOR_AT + Long.BYTES, CAPACITY);
  }

  /** The address of the msghdr, ready for one read. */
  long message() {
    header.setLongLE(CONTROL_LENGTH_AT, CONTROL_BYTES);
    return message;
  }

  /** When the kernel received the last byte of the latest read, in wall-clock nanoseconds since 1970. */
  long stamp() {
    boolean stamped = header.getLongLE(CONTROL_LENGTH_AT) >= TIMESPEC_LENGTH
        && header.getIntLE(LEVEL_AT) == Linux.SOL_SOCKET && header.getIntLE(TYPE_AT) == Linux.SO_TIMESTAMPNS;
    return stamped ? header.getLongLE(SECONDS_AT) * NANOS_PER_SECOND + header.getLongLE(NANOS_AT) : NONE;
  }

  /** The bytes of the latest read, valid until the next. */
  ByteBuf data(int count) {
    return data.setIndex(0, count);
  }

  void release() {
    data.release();
    header.release();
  }
}
