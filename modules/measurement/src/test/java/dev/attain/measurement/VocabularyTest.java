package dev.attain.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  @Test
  void latencyMetricsKeepTheirNamesAndPlaces() {
    assertThat(Latencies.NAMES).containsExactly("ttft", "serviceTtft", "tpot", "itl", "e2e", "normalizedLatency",
        "sendLag", "prefillLeg", "handOver", "decodeFirst", "inFlightWait", "itlPerToken",
        "requiredScale", "bundleGaps");
    for (LatencyMetric metric : LatencyMetric.values()) {
      assertThat(Latencies.NAMES.get(metric.series())).isEqualTo(metric.jsonName());
    }
  }

  @Test
  void objectivesMustBeLongerThanZero() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Slo(Duration.ZERO, Duration.ofMillis(30)))
        .withMessage("the ttft objective must be longer than zero and at most 365 days, not PT0S");
    assertThatIllegalArgumentException().isThrownBy(() -> new Slo(Duration.ofMillis(30), Duration.ofMillis(-1)))
        .withMessageContaining("tpot");
    assertThatIllegalArgumentException().isThrownBy(() -> new Slo(Duration.ofDays(366), Duration.ofMillis(1)))
        .withMessageContaining("ttft");
  }

  @Test
  void theSystemClockDoesNotRunBackwards() {
    NanoClock clock = NanoClock.system();
    long before = clock.nanos();
    assertThat(clock.nanos() - before).isNotNegative();
  }

  @Test
  void aClockMovedByHandIsALambda() {
    AtomicLong now = new AtomicLong(5);
    NanoClock clock = now::get;
    now.addAndGet(10);
    assertThat(clock.nanos()).isEqualTo(15);
  }
}
