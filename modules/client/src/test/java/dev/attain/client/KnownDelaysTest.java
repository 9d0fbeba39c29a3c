package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.RequestRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Only lower bounds: a busy machine may make every delay longer, nothing may make it shorter. */
class KnownDelaysTest {
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long TOLERATED_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static void paced(ScriptedServer.Request request, Wire wire) throws IOException {
    long first = System.nanoTime() + FIRST_NANOS;
    wire.streamHead();
    for (int token = 0; token < request.maxTokens(); token++) {
      Wire.until(first + token * GAP_NANOS);
      wire.token(token + 1 == request.maxTokens());
    }
    wire.usage(request.maxTokens());
    wire.done();
    wire.lastChunk();
  }

  @Test
  void theDelaysOfTheServerComeBackInThePercentiles() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(KnownDelaysTest::paced)) {
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(server),
          Driver.every(Duration.ofMillis(10), 60), Driver.workload(20, 11));

      assertThat(run.counts().completed()).isEqualTo(60);
      assertThat(run.records()).allSatisfy(request -> {
        assertThat(request.ttftNanos()).isGreaterThanOrEqualTo(FIRST_NANOS);
        assertThat(request.serviceTtftNanos()).isGreaterThanOrEqualTo(FIRST_NANOS);
        assertThat(request.e2eNanos()).isGreaterThanOrEqualTo(FIRST_NANOS + 10 * GAP_NANOS);
      });
      double medianTtftMicros = run.snapshot().latencies().of(LatencyMetric.TTFT).getValueAtPercentile(50);
      double longestE2eMicros = run.snapshot().latencies().of(LatencyMetric.E2E).getMaxValue();
      assertThat(medianTtftMicros).isGreaterThanOrEqualTo(50_000);
      assertThat(longestE2eMicros).isGreaterThanOrEqualTo(150_000);
      assertThat(run.snapshot().latencies().of(LatencyMetric.ITL).getTotalCount()).isEqualTo(600);
    }
  }

  @Test
  void aStallShowsInTheLatencyOfTheRequestsThatWereDueDuringIt() throws Exception {
    long stall = TimeUnit.SECONDS.toNanos(2);
    AtomicLong stalledUntil = new AtomicLong();
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      // Begins with request 5, or a later one that overtakes it on a busy machine; nobody is answered for two seconds.
      if (Integer.parseInt(request.headers().get("x-request-id").substring("nonce-".length())) >= 5) {
        stalledUntil.compareAndSet(0, System.nanoTime() + stall);
      }
      if (stalledUntil.get() != 0) {
        Wire.until(stalledUntil.get());
      }
      wire.completion(request.maxTokens());
    })) {
      Driver.Finished run = Driver.run(Driver.settings(), Driver.colocated(server),
          Driver.every(Duration.ofMillis(50), 30), Driver.workload(20, 3));

      assertThat(run.counts().completed()).isEqualTo(30);
      long begins = run.records().subList(5, 30).stream().mapToLong(RequestRecord::sentNanos).min().orElseThrow();
      assertThat(run.records().subList(5, 30)).allSatisfy(request -> {
        long remaining = begins + stall - request.intendedNanos();
        assertThat(request.ttftNanos()).isGreaterThanOrEqualTo(remaining - TOLERATED_NANOS);
        assertThat(request.sentNanos()).as("sent during the stall").isLessThan(begins + stall);
      });
    }
  }
}
