package dev.attain.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a scripted server writes to one connection. */
final class Wire {
  private final Socket socket;

  Wire(Socket socket) {
    this.socket = socket;
  }

  void raw(String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  void json(int status, String body) throws IOException {
    raw("HTTP/1.1 " + status + " Status\r\nContent-Type: application/json\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
  }

  void streamHead() throws IOException {
    raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  void event(String data) throws IOException {
    String event = "data: " + data + "\n\n";
    raw(Integer.toHexString(event.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + event + "\r\n");
  }

  /** One completion token; the last one has a finish reason. */
  void token(boolean last) throws IOException {
    event("{\"id\":\"cmpl-1\",\"choices\":[{\"index\":0,\"text\":\" word\",\"finish_reason\":"
        + (last ? "\"length\"" : "null") + "}]}");
  }

  void tokens(int count, boolean toTheEnd) throws IOException {
    for (int token = 1; token <= count; token++) {
      token(toTheEnd && token == count);
    }
  }

  void usage(int completionTokens) throws IOException {
    event("{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":" + completionTokens + "}}");
  }

  void done() throws IOException {
    event("[DONE]");
  }

  void lastChunk() throws IOException {
    raw("0\r\n\r\n");
  }

  /** A whole answer in vLLM's manner. */
  void completion(int tokens) throws IOException {
    streamHead();
    tokens(tokens, true);
    usage(tokens);
    done();
    lastChunk();
  }

  void close() throws IOException {
    socket.close();
  }

  /** Closes so that the peer sees a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Waits for an absolute instant, so that delays do not add up. */
  static void until(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  static void pause(long millis) {
    until(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
