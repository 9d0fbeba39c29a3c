package dev.attain.engines;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Answers /health and /v1/models in this JVM; /health gives 503 as often as asked before it gives 200. */
final class FakeEngine implements AutoCloseable {
  final AtomicInteger healthChecks = new AtomicInteger();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  FakeEngine(int unhealthyAnswers, int modelsStatus, String models) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    answer("/health", () -> healthChecks.incrementAndGet() <= unhealthyAnswers ? 503 : 200, "");
    answer("/v1/models", () -> modelsStatus, models);
    answer("/version", () -> 200, "{\"version\": \"0.32.0\"}");
    server.start();
  }

  static FakeEngine serving(String model) throws IOException {
    return new FakeEngine(0, 200, "{\"object\":\"list\",\"data\":[{\"id\":\"" + model + "\",\"object\":\"model\"}]}");
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  LaunchPlan plan() {
    return new LaunchPlan(List.of(), Map.of(), base(), base().resolve("/health"),
        Optional.empty(), Optional.empty()).tellingVersionAt("/version");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(String path, IntSupplier status, String body) {
    server.createContext(path, exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status.getAsInt(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
  }
}
