package dev.attain.engines;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/**
 * Where an instance listens for those of the other role, and how one sees from outside that it does. vLLM opens its
 * listener once memory for keys and values is registered with NIXL, so that this says more than a health check.
 *
 * @param greeting what whoever connects is sent
 */
public record SideChannel(String host, int port, Greeting greeting) {
  /** What a listener sends by itself. */
  public enum Greeting {
    /** The signature of ZeroMQ's transport: ten bytes, 0xFF first and 0x7F last. */
    ZMQ,
    /** Nothing; that it accepts connections has to do. */
    NONE
  }

  private static final int SIGNATURE_BYTES = 10;
  private static final int SIGNATURE_FIRST = 0xFF;
  private static final int SIGNATURE_LAST = 0x7F;

  /** Why the instance cannot be reached here yet, as a phrase; empty when it can. Blocks for at most {@code limit}. */
  Optional<String> missing(Duration limit) {
    int limitMillis = Math.toIntExact(limit.toMillis());
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), limitMillis);
      socket.setSoTimeout(limitMillis);
      if (greeting == Greeting.ZMQ && !greets(socket.getInputStream().readNBytes(SIGNATURE_BYTES))) {
        return Optional.of("what listens on its side channel %s:%d is not NIXL's listener".formatted(host, port));
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("its side channel %s:%d does not answer (%s)".formatted(host, port, e.getMessage()));
    }
  }

  private static boolean greets(byte[] sent) {
    return sent.length == SIGNATURE_BYTES && Byte.toUnsignedInt(sent[0]) == SIGNATURE_FIRST
        && sent[SIGNATURE_BYTES - 1] == SIGNATURE_LAST;
  }
}
