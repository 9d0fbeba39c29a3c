package dev.attain.sockets;

import io.netty.buffer.ByteBuf;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** An address as the kernel wants it: sockaddr_in or sockaddr_in6. */
final class SocketAddressBytes {
  /** Of the longer one. */
  static final int MOST = 28;

  private SocketAddressBytes() {}

  static int family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address ? Linux.AF_INET6 : Linux.AF_INET;
  }

  /** Writes the address to the start of {@code target}; returns its length. */
  static int write(InetSocketAddress address, ByteBuf target) {
    target.clear();
    target.writeShortLE(family(address)).writeShort(address.getPort());
    if (address.getAddress() instanceof Inet6Address six) {
      target.writeInt(0).writeBytes(six.getAddress()).writeIntLE(six.getScopeId());
    } else {
      target.writeBytes(address.getAddress().getAddress()).writeLong(0);
    }
    return target.writerIndex();
  }
}
