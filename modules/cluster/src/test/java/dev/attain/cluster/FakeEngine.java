package dev.attain.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An engine in this JVM that only has a metrics page and takes completions without computing any. */
final class FakeEngine implements AutoCloseable {
  /** Bodies of the completions asked for. */
  final List<String> completions = new CopyOnWriteArrayList<>();
  /** How often the metrics page was read. */
  final AtomicInteger reads = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile int completionStatus = 200;

  /** @param page the metrics page, given the engine itself */
  FakeEngine(Function<FakeEngine, String> page) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/metrics", exchange -> {
      reads.incrementAndGet();
      String text = page.apply(this);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(text.isEmpty() ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    server.createContext("/v1/completions", exchange -> {
      completions.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(completionStatus, -1);
      exchange.close();
    });
    server.start();
  }

  FakeEngine refusingCompletions() {
    completionStatus = 500;
    return this;
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
