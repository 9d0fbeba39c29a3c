package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.attain.client.Target;
import dev.attain.engines.KvTransfer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever hands over, the counters of the instances behind must show that the prompts' KV travelled. */
class RoutedTransferTest {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  private final AtomicReference<String> decodePage = new AtomicReference<>("");
  private final AtomicInteger routerCalls = new AtomicInteger();
  private HttpServer prefill;
  private HttpServer decode;
  private HttpServer router;

  @BeforeEach
  void start() throws IOException {
    prefill = server(() -> "vllm:nixl_num_kv_expired_reqs_total{engine=\"0\"} 0.0\n");
    decode = server(decodePage::get);
    router = server(() -> "calls " + routerCalls.incrementAndGet() + "\n");
  }

  @AfterEach
  void stop() {
    List.of(prefill, decode, router).forEach(server -> server.stop(0));
  }

  private interface Page {
    String text();
  }

  private static HttpServer server(Page metrics) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics", exchange -> {
      byte[] bytes = metrics.text().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    server.start();
    return server;
  }

  private static List<URI> uri(HttpServer server) {
    return List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private void decodeSays(int transferred, int computed) {
    decodePage.set("""
      vllm:prompt_tokens_by_source_total{engine="0",source="external_kv_transfer"} %d
      vllm:prompt_tokens_by_source_total{engine="0",source="local_compute"} %d
      vllm:nixl_num_failed_transfers_total{engine="0"} 0
      """.formatted(transferred, computed));
  }

  private KvTransfer within(Target target, Runnable load) throws Exception {
    TransferMeter meter = new TransferMeter(target, Optional.empty(), Runnable::run);
    KvTransfer before = read(meter);
    load.run();
    return read(meter).since(before);
  }

  private static KvTransfer read(TransferMeter meter) throws Exception {
    return meter.read().toCompletableFuture().get(20, TimeUnit.SECONDS).orElseThrow();
  }

  @Test
  void theInstancesBehindARouterProveTheTransferAndTheRouterIsNotAsked() throws Exception {
    decodeSays(100, 7);
    KvTransfer transfer = within(new Target.Routed(uri(router), uri(prefill), uri(decode)), () -> decodeSays(900, 7));

    assertThat(transfer.transferredTokens()).isEqualTo(800);
    assertThat(transfer.doubts()).isEmpty();
    assertThat(routerCalls).hasValue(0);
  }

  @Test
  void aRouterThatLetsTheDecodeSideComputeThePromptsProvesNothing() throws Exception {
    decodeSays(0, 7);
    KvTransfer transfer = within(new Target.Routed(List.of(NOBODY), uri(prefill), uri(decode)),
        () -> decodeSays(0, 900));

    assertThat(transfer.doubts()).isNotEmpty();
  }

  @Test
  void theInstancesBehindSidecarsProveTheTransfer() throws Exception {
    decodeSays(0, 0);
    KvTransfer transfer = within(new Target.Sidecars(uri(prefill), uri(decode)), () -> decodeSays(500, 0));

    assertThat(transfer.transferredTokens()).isEqualTo(500);
    assertThat(transfer.doubts()).isEmpty();
  }
}
