package dev.attain.sockets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** An array of the kernel's {@code epoll_event}, which is packed on x86-64 only. */
final class EpollEvents {
  private static final boolean PACKED = System.getProperty("os.arch").matches("amd64|x86_64");
  private static final int KEY_AT = PACKED ? 4 : 8;
  private static final int BYTES = KEY_AT + Long.BYTES;

  private final ByteBuf memory;
  private final long address;

  EpollEvents(int count) {
    memory = Unpooled.directBuffer(count * BYTES, count * BYTES);
    address = memory.memoryAddress();
  }

  long address() {
    return address;
  }

  int events(int at) {
    return memory.getIntLE(at * BYTES);
  }

  long key(int at) {
    return memory.getLongLE(at * BYTES + KEY_AT);
  }

  /** The first event. */
  void set(int events, long key) {
    memory.setIntLE(0, events).setLongLE(KEY_AT, key);
  }

  void release() {
    memory.release();
  }
}
