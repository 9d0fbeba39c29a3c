package dev.attain.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * A router as vLLM's toy proxy is one, as a process of its own: a call to the prefill instance, then, with what that
 * answered, the original call to the decode instance, whose stream is passed through.
 */
final class RouterProgram {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String prefill;
  private final String decode;

  private RouterProgram(String prefill, String decode) {
    this.prefill = prefill;
    this.decode = decode;
  }

  /** @param arguments port, prefill base URL, decode base URL */
  public static void main(String[] arguments) throws IOException {
    RouterProgram router = new RouterProgram(arguments[1], arguments[2]);
    HttpServer server = HttpServer
        .create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 100);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/health", exchange -> {
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    server.createContext("/v1/", router::route);
    server.start();
  }

  private void route(HttpExchange exchange) throws IOException {
    try (exchange) {
      ObjectNode original = (ObjectNode) JSON.readTree(exchange.getRequestBody());
      String path = exchange.getRequestURI().getPath();
      String id = UUID.randomUUID().toString();
      ObjectNode first = original.deepCopy().put("stream", false).put("max_tokens", 1);
      first.remove(List.of("stream_options", "min_tokens"));
      first.putObject("kv_transfer_params").put("do_remote_decode", true).put("do_remote_prefill", false);
      JsonNode prefilled = JSON.readTree(call(prefill + path, id, first));
      original.set("kv_transfer_params", prefilled.path("kv_transfer_params"));
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      try (InputStream stream = call(decode + path, id, original); OutputStream out = exchange.getResponseBody()) {
        byte[] some = new byte[4096];
        for (int count = stream.read(some); count >= 0; count = stream.read(some)) {
          out.write(some, 0, count);
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private InputStream call(String uri, String id, ObjectNode body) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(URI.create(uri)).header("Content-Type", "application/json")
        .header("X-Request-Id", id).POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(),
        HttpResponse.BodyHandlers.ofInputStream()).body();
  }
}
