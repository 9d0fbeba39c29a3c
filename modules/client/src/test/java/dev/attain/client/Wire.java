package dev.attain.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a scripted server writes to one connection. */
final class Wire {
  private static final String STREAM_HEAD = String.join("\r\n", "HTTP/1.1 200 OK", "Content-Type: text/event-stream",
      "Transfer-Encoding: chunked", "", "");
  private static final String LAST_CHUNK = "0\r\n\r\n";

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
    raw(STREAM_HEAD);
  }

  void event(String data) throws IOException {
    raw(chunk(data));
  }

  /** Completion tokens; if it is the whole answer, the last one has a finish reason. */
  void tokens(int count, boolean toTheEnd) throws IOException {
    for (int token = 1; token <= count; token++) {
      token(toTheEnd && token == count);
    }
  }

  void token(boolean last) throws IOException {
    event(completion(last));
  }

  void usage(int completionTokens) throws IOException {
    event(usageOf(completionTokens));
  }

  void done() throws IOException {
    event("[DONE]");
  }

  void lastChunk() throws IOException {
    raw(LAST_CHUNK);
  }

  /** A whole answer in vLLM's manner but in one piece: whoever has seen its end has seen all of it. */
  void completion(int tokens) throws IOException {
    completion(tokens, "X-Nothing: to say");
  }

  /** As {@link #completion(int)}, with one more header line. */
  void completion(int tokens, String header) throws IOException {
    StringBuilder whole = new StringBuilder(STREAM_HEAD.replace("\r\n\r\n", "\r\n" + header + "\r\n\r\n"));
    for (int token = 1; token <= tokens; token++) {
      whole.append(chunk(completion(token == tokens)));
    }
    raw(whole.append(chunk(usageOf(tokens))).append(chunk("[DONE]")).append(LAST_CHUNK).toString());
  }

  private static String completion(boolean last) {
    return "{\"id\":\"cmpl-1\",\"choices\":[{\"index\":0,\"text\":\" word\",\"finish_reason\":"
        + (last ? "\"length\"" : "null") + "}]}";
  }

  private static String usageOf(int completionTokens) {
    return "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":" + completionTokens + "}}";
  }

  private static String chunk(String data) {
    String event = "data: " + data + "\n\n";
    return Integer.toHexString(event.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + event + "\r\n";
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
