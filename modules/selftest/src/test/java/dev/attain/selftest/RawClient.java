package dev.attain.selftest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One connection of the plainest client there is: what is written and read stays visible, byte for byte. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  /** An answer: the head, and the body with its chunks joined. */
  record Answer(String head, String body) {
    int status() {
      return Integer.parseInt(head.split(" ")[1]);
    }

    /** What follows {@code data: } in each event. */
    List<String> events() {
      return body.lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring(6)).toList();
    }
  }

  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = socket.getInputStream();
  }

  static String post(String path, String body, String... headers) {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + more + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  static String completion(int tokens) {
    return post("/v1/completions",
        "{\"model\":\"m\",\"prompt\":[1,2,3],\"max_tokens\":" + tokens + ",\"stream\":true}");
  }

  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  RawClient write(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return this;
  }

  Answer ask(String request) throws IOException {
    return write(request).read();
  }

  /** The next answer, whole. */
  Answer read() throws IOException {
    String head = until("\r\n\r\n");
    String lower = head.toLowerCase(java.util.Locale.ROOT);
    if (!lower.contains("transfer-encoding: chunked")) {
      int at = lower.indexOf("content-length: ");
      int length = at < 0 ? 0 : Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at)));
      return new Answer(head, new String(in.readNBytes(length), StandardCharsets.US_ASCII));
    }
    StringBuilder body = new StringBuilder();
    int size;
    do {
      size = Integer.parseInt(until("\r\n").strip(), 16);
      body.append(new String(in.readNBytes(size), StandardCharsets.US_ASCII));
      until("\r\n");
    } while (size > 0);
    return new Answer(head, body.toString());
  }

  /** Whether the server has ended the connection, and nothing is left to read. */
  boolean ended() throws IOException {
    return in.read() < 0;
  }

  private String until(String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(StandardCharsets.US_ASCII).endsWith(end)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended after: " + read.toString(StandardCharsets.US_ASCII));
      }
      read.write(next);
    }
    return read.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
