package dev.attain.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One request over a socket of its own.
 *
 * @param sentNanos
 *          before its first byte was written
 * @param tokenNanos
 *          when the end of each token's event was read
 * @param text
 *          everything that was read
 * @param reset
 *          whether the connection ended in an error and not in an end
 */
record RawStream(long sentNanos, List<Long> tokenNanos, String text, boolean reset) {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final String TOKEN = "\"text\":\"";

  /** Sends a completion request and reads until the stream or the connection ends. */
  static RawStream of(int port, String id, String body, String... headers) {
    StringBuilder head = new StringBuilder("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n")
        .append("X-Request-Id: ").append(id).append("\r\nContent-Length: ").append(body.length()).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    byte[] request = head.append("\r\n").append(body).toString().getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      long sent = System.nanoTime();
      socket.getOutputStream().write(request);
      return read(socket.getInputStream(), sent);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static RawStream read(InputStream in, long sent) {
    StringBuilder text = new StringBuilder();
    List<Long> tokens = new ArrayList<>();
    int seen = 0;
    byte[] buffer = new byte[8192];
    try {
      for (int size = in.read(buffer); size > 0; size = in.read(buffer)) {
        long now = System.nanoTime();
        text.append(new String(buffer, 0, size, StandardCharsets.US_ASCII));
        for (int at = text.indexOf(TOKEN, seen); at >= 0; at = text.indexOf(TOKEN, seen)) {
          tokens.add(now);
          seen = at + TOKEN.length();
        }
      }
      return new RawStream(sent, tokens, text.toString(), false);
    } catch (IOException e) {
      return new RawStream(sent, tokens, text.toString(), true);
    }
  }
}
