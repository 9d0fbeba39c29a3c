package dev.attain.client;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One instance as the client sees it: the address, resolved once, and the request head up to the request's id.
 *
 * @param number position among the endpoints of a client
 * @param host name for TLS
 * @param name {@code host:port}, for messages
 * @param address where to connect
 * @param tls whether to speak TLS
 * @param prompt whether its answers make something else happen, so that they must be read at once
 * @param head request line and all headers that do not change, ending with {@code X-Request-Id: }
 */
record Endpoint(int number, String host, String name, InetSocketAddress address, boolean tls, boolean prompt,
    byte[] head) {
  /**
   * Resolves the host now, so that no look-up delays a request. IPv4 is preferred when a name has both kinds of
   * address, because engines listen on IPv4 by default and {@code localhost} would otherwise often miss them.
   *
   * @throws IllegalArgumentException when the URI has no usable scheme or host, or the host is unknown
   */
  static Endpoint of(int number, URI base, boolean prompt, ClientSettings settings) {
    String name = hostAndPort(base);
    return new Endpoint(number, base.getHost(), name, new InetSocketAddress(resolve(base), port(base)), tls(base),
        prompt, head(base, name, settings));
  }

  /**
   * {@code HOST:PORT}, the port being the scheme's own where none is written.
   *
   * @throws IllegalArgumentException when the URI has no usable scheme or host
   */
  static String hostAndPort(URI base) {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || base.getHost() == null) {
      throw new IllegalArgumentException("endpoint " + base + ": write it as http://HOST:PORT or https://HOST:PORT");
    }
    return base.getHost() + ":" + port(base);
  }

  private static int port(URI base) {
    return base.getPort() >= 0 ? base.getPort() : tls(base) ? 443 : 80;
  }

  private static boolean tls(URI base) {
    return base.getScheme().equalsIgnoreCase("https");
  }

  private static InetAddress resolve(URI base) {
    try {
      InetAddress[] all = InetAddress.getAllByName(base.getHost());
      return Arrays.stream(all).filter(Inet4Address.class::isInstance).findFirst().orElse(all[0]);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("endpoint " + base + ": no address is known for host " + base.getHost(), e);
    }
  }

  private static byte[] head(URI base, String name, ClientSettings settings) {
    String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    String version = path.endsWith("/v1") ? "" : "/v1";
    String authorization = settings.bearerToken().map(token -> "Authorization: Bearer " + token + "\r\n").orElse("");
    String head = "POST " + path + version + settings.dialect().path() + " HTTP/1.1\r\nHost: " + name
        + "\r\nUser-Agent: attain\r\nAccept: */*\r\nContent-Type: application/json\r\n" + authorization
        + "X-Request-Id: ";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  /** The name only: the head may hold a secret. */
  @Override
  public String toString() {
    return name;
  }
}
