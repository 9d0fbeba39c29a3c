package dev.attain.systemtests;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Writes HTTP answers to one connection. */
final class Wire {
  private final Socket socket;
  private final OutputStream out;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
  }

  /** An answer in one piece. */
  void whole(int status, String json) throws IOException {
    send("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
        + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json);
  }

  /** Begins a stream of events. */
  void stream() throws IOException {
    send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  /** One event; {@code data} is ASCII. */
  void event(String data) throws IOException {
    String event = "data: " + data + "\n\n";
    send(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
  }

  /** An event with one token. */
  void token() throws IOException {
    event("{\"object\":\"text_completion\",\"choices\":[{\"index\":0,\"text\":\"x\",\"finish_reason\":null}]}");
  }

  /** The finish reason, the usage and, if asked for, the terminal event. */
  void finish(int tokens, boolean done) throws IOException {
    event("{\"object\":\"text_completion\",\"choices\":[{\"index\":0,\"text\":\"\",\"finish_reason\":\"length\"}]}");
    event(
        "{\"object\":\"text_completion\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":" + tokens
            + ",\"total_tokens\":" + (tokens + 1) + "}}");
    if (done) {
      event("[DONE]");
    }
  }

  /** Ends the stream; the connection stays. */
  void end() throws IOException {
    send("0\r\n\r\n");
  }

  void hangUp() throws IOException {
    socket.close();
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
