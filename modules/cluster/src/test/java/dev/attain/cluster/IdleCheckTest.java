package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.engines.InstanceRole;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdleCheckTest {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");
  /** Every look at the clock takes a second. */
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> words = new ArrayList<>();

  private List<String> busy(URI... instances) {
    List<WatchedInstance> watched = Arrays.stream(instances)
        .map(base -> new WatchedInstance("decode-0", InstanceRole.DECODE, base, Optional.empty())).toList();
    return new IdleCheck(watched, Optional.empty(), Duration.ZERO, Duration.ofSeconds(60), Duration.ZERO,
        () -> nanos.addAndGet(1_000_000_000L), Runnable::run, words::add).busyInstances().toCompletableFuture().join();
  }

  private static String requests(int running, int waiting) {
    return "vllm:num_requests_running{engine=\"0\"} %d.0%nvllm:num_requests_waiting{engine=\"0\"} %d.0%n"
        .formatted(running, waiting);
  }

  @Test
  void anEngineThatIsStillWorkingIsWaitedFor() throws IOException {
    try (FakeEngine engine = new FakeEngine(it -> requests(Math.max(0, 4 - it.reads.get()), 0))) {
      assertThat(busy(engine.base())).isEmpty();
      assertThat(engine.reads).hasValue(4);
      assertThat(words).as("a short wait is not worth a word").isEmpty();
    }
  }

  @Test
  void anEngineWithRequestsThatWaitIsNotIdle() throws IOException {
    try (FakeEngine engine = new FakeEngine(it -> requests(0, it.reads.get() < 3 ? 1 : 0))) {
      assertThat(busy(engine.base())).isEmpty();
      assertThat(engine.reads).hasValue(3);
    }
  }

  @Test
  void anEngineThatNeverComesToRestIsNamedWithWhatItHas() throws IOException {
    try (FakeEngine engine = new FakeEngine(it -> requests(3, 2))) {
      assertThat(busy(engine.base()))
          .containsExactly("decode-0 was not idle before the point: 60 s were waited for it, "
              + "and it still had 3 requests running and 2 waiting");
      assertThat(words).as("a person hears once why nothing happens").containsExactly(
          "waiting until decode-0 has finished its 3 requests running and 2 waiting, from before the point");
    }
  }

  @Test
  void anEngineWithoutMetricsIsPassedOver() throws IOException {
    try (FakeEngine silent = new FakeEngine(it -> "");
        FakeEngine other = new FakeEngine(it -> "process_cpu_seconds_total 4.0\n")) {
      assertThat(busy(NOBODY, silent.base(), other.base())).isEmpty();
      assertThat(silent.reads).as("nobody insists").hasValue(1);
    }
  }

  @Test
  void noEngineIsAskedBeforeAbandonedKvIsGone() throws IOException {
    try (FakeEngine engine = new FakeEngine(it -> requests(0, 0))) {
      IdleCheck check = new IdleCheck(
          List.of(new WatchedInstance("decode-0", InstanceRole.DECODE, engine.base(), Optional.empty())),
          Optional.empty(), Duration.ofMillis(20_500), Duration.ofSeconds(60), Duration.ZERO, () -> {
            assertThat(engine.reads.get() == 0 || nanos.get() >= 20_500_000_000L).as("not too early").isTrue();
            return nanos.addAndGet(1_000_000_000L);
          }, Runnable::run, words::add);

      assertThat(check.patience()).isEqualTo(Duration.ofMillis(80_500));
      assertThat(check.busyInstances().toCompletableFuture().join()).isEmpty();
      assertThat(engine.reads).hasValue(1);
      assertThat(nanos.get()).isGreaterThan(20_500_000_000L);
      assertThat(words).containsExactly("waiting 21 s until prefill instances have dropped the KV of requests that were"
          + " given up before the point");
    }
  }

  @Test
  void nobodyIsAskedWithoutPatience() throws IOException {
    try (FakeEngine engine = new FakeEngine(it -> requests(3, 2))) {
      IdleCheck off = new IdleCheck(
          List.of(new WatchedInstance("decode-0", InstanceRole.DECODE, engine.base(), Optional.empty())),
          Optional.empty(), Duration.ZERO, Duration.ZERO, Duration.ZERO, () -> 0, Runnable::run, words::add);
      assertThat(off.busyInstances().toCompletableFuture().join()).isEmpty();
      assertThat(engine.reads).hasValue(0);
    }
  }
}
