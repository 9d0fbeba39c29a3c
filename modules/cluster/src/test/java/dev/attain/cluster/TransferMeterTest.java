package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.client.Target;
import dev.attain.engines.KvTransfer;
import dev.attain.engines.ServerMetrics;
import dev.attain.engines.TransferReading;
import dev.attain.experiment.Model;
import dev.attain.workload.ModelLimits;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TransferMeterTest {
  private static final Model MODEL = new Model("m", "", new ModelLimits(8192, 32_000));

  private static Optional<TransferReading> read(FakeEngine prefill, FakeEngine decode) {
    TransferMeter meter = new TransferMeter(
        new Target.Disaggregated(List.of(prefill.base()), List.of(decode.base())), MODEL, Optional.empty(),
        Duration.ZERO, Runnable::run);
    return meter.read().toCompletableFuture().join();
  }

  private static String transferred(int tokens) {
    return "vllm:prompt_tokens_by_source_total{source=\"external_kv_transfer\"} " + tokens + ".0\n";
  }

  private static String expired(int requests) {
    return "vllm:nixl_num_kv_expired_reqs_total{engine=\"0\"} " + requests + ".0\n";
  }

  @Test
  void anIdlePrefillInstanceIsMadeToCountBeforeItIsRead() throws IOException {
    try (FakeEngine prefill = new FakeEngine(engine -> expired(engine.completions.isEmpty() ? 0 : 2));
        FakeEngine decode = new FakeEngine(engine -> transferred(100))) {
      TransferReading after = read(prefill, decode).orElseThrow();
      TransferReading before = TransferReading.of(List.of(ServerMetrics.parse(expired(0))),
          List.of(ServerMetrics.parse(transferred(0))));
      assertThat(KvTransfer.between(before, after).figures()).containsEntry("expiredRequests", 2.0);
      assertThat(prefill.completions)
          .containsExactly(
              "{\"model\":\"m\",\"prompt\":[16000],\"max_tokens\":1,\"temperature\":0,\"stream\":false}");
      assertThat(decode.completions).as("its prompt tokens are the proof").isEmpty();
    }
  }

  @Test
  void countersAreReadUntilTheyStandStill() throws IOException {
    try (FakeEngine prefill = new FakeEngine(engine -> expired(0));
        FakeEngine decode = new FakeEngine(engine -> transferred(Math.min(engine.reads.get(), 5)))) {
      TransferReading reading = read(prefill, decode).orElseThrow();
      assertThat(reading.settled()).isTrue();
      assertThat(decode.reads).hasValue(6);
    }
  }

  @Test
  void countersThatNeverStandStillAreSaidToMove() throws IOException {
    try (FakeEngine prefill = new FakeEngine(engine -> expired(0));
        FakeEngine decode = new FakeEngine(engine -> transferred(engine.reads.get()))) {
      assertThat(read(prefill, decode).orElseThrow().settled()).isFalse();
    }
  }

  @Test
  void aPrefillInstanceThatCannotTakeAStepIsNamed() throws IOException {
    try (FakeEngine prefill = new FakeEngine(engine -> expired(0)).refusingCompletions();
        FakeEngine decode = new FakeEngine(engine -> transferred(1))) {
      assertThatThrownBy(() -> read(prefill, decode)).isInstanceOf(CompletionException.class)
          .rootCause().hasMessage("HTTP 500");
      assertThatThrownBy(() -> read(prefill, decode)).hasMessageContaining(
          "cannot make the engine bring its counters up to date: POST " + prefill.base() + "/v1/completions");
    }
  }

  @Test
  void aColocatedDeploymentHasNothingToProve() {
    TransferMeter meter = new TransferMeter(new Target.Colocated(List.of(URI.create("http://127.0.0.1:1"))),
        MODEL, Optional.empty(), Duration.ZERO, Runnable::run);
    assertThat(meter.read().toCompletableFuture().join()).isEmpty();
  }
}
