package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.client.Target;
import dev.attain.engines.KvTransfer;
import dev.attain.engines.TransferReading;
import dev.attain.experiment.Model;
import dev.attain.workload.ModelLimits;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever hands over, the counters of the instances behind must show that the prompts' KV travelled. */
class RoutedTransferTest {
  private static final Model MODEL = new Model("m", "", new ModelLimits(8192, 32_000));
  private static final List<URI> NOBODY = List.of(URI.create("http://127.0.0.1:1"));

  private final AtomicReference<String> decodePage = new AtomicReference<>("");
  private FakeEngine prefill;
  private FakeEngine decode;
  private FakeEngine router;

  @BeforeEach
  void start() throws IOException {
    prefill = new FakeEngine(engine -> "vllm:nixl_num_kv_expired_reqs_total{engine=\"0\"} 0.0\n");
    decode = new FakeEngine(engine -> decodePage.get());
    router = new FakeEngine(engine -> "calls 1\n");
  }

  @AfterEach
  void stop() {
    List.of(prefill, decode, router).forEach(FakeEngine::close);
  }

  private static List<URI> uri(FakeEngine engine) {
    return List.of(engine.base());
  }

  private void decodeSays(int transferred, int computed) {
    decodePage.set("""
      vllm:prompt_tokens_by_source_total{engine="0",source="external_kv_transfer"} %d
      vllm:prompt_tokens_by_source_total{engine="0",source="local_compute"} %d
      vllm:nixl_num_failed_transfers_total{engine="0"} 0
      """.formatted(transferred, computed));
  }

  private static KvTransfer within(Target target, Runnable load) throws Exception {
    TransferMeter meter = new TransferMeter(target, MODEL, Optional.empty(), Duration.ZERO, Runnable::run);
    TransferReading before = read(meter);
    load.run();
    return KvTransfer.between(before, read(meter));
  }

  private static TransferReading read(TransferMeter meter) throws Exception {
    return meter.read().toCompletableFuture().get(20, TimeUnit.SECONDS).orElseThrow();
  }

  @Test
  void theInstancesBehindARouterProveTheTransferAndTheRouterIsNotAsked() throws Exception {
    decodeSays(100, 7);
    KvTransfer transfer = within(new Target.Routed(uri(router), uri(prefill), uri(decode)), () -> decodeSays(900, 7));

    assertThat(transfer.figures()).containsEntry("transferredTokens", 800.0);
    assertThat(transfer.doubts(2, 800)).isEmpty();
    assertThat(router.reads).hasValue(0);
    assertThat(router.completions).isEmpty();
  }

  @Test
  void aRouterThatLetsTheDecodeSideComputeThePromptsProvesNothing() throws Exception {
    decodeSays(0, 7);
    KvTransfer transfer = within(new Target.Routed(NOBODY, uri(prefill), uri(decode)), () -> decodeSays(0, 900));

    assertThat(transfer.doubts(2, 893)).isNotEmpty();
  }

  @Test
  void theInstancesBehindSidecarsProveTheTransfer() throws Exception {
    decodeSays(0, 0);
    KvTransfer transfer = within(new Target.Sidecars(uri(prefill), uri(decode)), () -> decodeSays(500, 0));

    assertThat(transfer.figures()).containsEntry("transferredTokens", 500.0);
    assertThat(transfer.doubts(1, 500)).isEmpty();
  }
}
