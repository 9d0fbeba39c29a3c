package dev.attain.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.measurement.LatencyMetric;
import dev.attain.measurement.NanoClock;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.workload.RequestShape;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {
  private static final Duration SERVICE = Duration.ofMillis(60);

  @Test
  void theOneThatHasWaitedLongestGetsThePlaceThatBecomesFree() {
    var limit = new InFlightLimit(2);
    assertThat(IntStream.range(0, 4).mapToObj(index -> limit.admit(request(index)))).containsExactly(
        InFlightLimit.Answer.MAY_LEAVE, InFlightLimit.Answer.MAY_LEAVE, InFlightLimit.Answer.WAITS,
        InFlightLimit.Answer.WAITS);
    assertThat(limit.next().orElseThrow().planned().index()).isEqualTo(2);
    assertThat(limit.next().orElseThrow().planned().index()).isEqualTo(3);
    assertThat(limit.next()).isEmpty();
    assertThat(limit.admit(request(4))).isEqualTo(InFlightLimit.Answer.MAY_LEAVE);
  }

  @Test
  void theNumberOfThoseWhoWaitIsBoundedAndAClosedLimitAdmitsNobody() {
    var limit = new InFlightLimit(1);
    limit.admit(request(0));
    int waiting = 0;
    while (limit.admit(request(waiting + 1)) == InFlightLimit.Answer.WAITS && waiting < 100_000) {
      waiting++;
    }
    assertThat(waiting).isEqualTo(4096);
    assertThat(limit.close()).hasSize(4096);
    assertThat(limit.admit(request(1))).isEqualTo(InFlightLimit.Answer.CLOSED);
  }

  @Test
  void aRequestBeyondTheLimitWaitsAndItsWaitCountsInItsLatencyButNotAsLag() throws Exception {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      most.accumulateAndGet(open.incrementAndGet(), Math::max);
      Wire.pause(SERVICE.toMillis());
      open.decrementAndGet();
      wire.completion(request.maxTokens());
    })) {
      Driver.Finished run = Driver.run(twoLoops(), Driver.colocated(server), limited(2, 6), Driver.workload(5, 2));

      assertThat(run.counts().completed()).isEqualTo(6);
      assertThat(most).hasValue(2);
      assertThat(run.records()).filteredOn(record -> record.waitNanos() > 0).extracting(RequestRecord::index)
          .containsExactly(2, 3, 4, 5);
      RequestRecord last = run.records().getLast();
      assertThat(last.waitNanos()).isGreaterThanOrEqualTo(2 * SERVICE.toNanos() - 30_000_000);
      assertThat(last.ttftNanos()).isGreaterThanOrEqualTo(last.waitNanos() + SERVICE.toNanos());
      assertThat(last.sendLagNanos()).isEqualTo(last.sentNanos() - last.releasedNanos());
      var waits = run.snapshot().latencies().of(LatencyMetric.IN_FLIGHT_WAIT);
      assertThat(waits.getTotalCount()).isEqualTo(4);
      assertThat(waits.getMaxValue()).isGreaterThanOrEqualTo(last.waitNanos() / 1000);
    }
  }

  @Test
  void requestsLeaveInTheOrderInWhichTheyWereDue() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      Wire.pause(2);
      wire.completion(request.maxTokens());
    })) {
      Driver.Finished run = Driver.run(twoLoops(), Driver.colocated(server), limited(1, 50), Driver.workload(5, 2));
      assertThat(run.records().stream().sorted(Comparator.comparingLong(RequestRecord::sentNanos))
          .map(RequestRecord::index)).isSorted();
    }
  }

  @Test
  void whatStillWaitsWhenTheTimeToFinishIsOverHasTimedOut() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> Wire.pause(60_000));
        LoadClient client = LoadClient.open(Driver.settings(), Driver.colocated(server), NanoClock.system())) {
      LoadRun run = client.prepare(limited(2, 10), Driver.workload(5, 2), "nonce", Driver.SLO);
      run.start(System.nanoTime());
      Eventually.becomesTrue(() -> run.snapshot().counts().inFlight() == 2);
      Wire.pause(30);
      run.abandonInFlight("not finished 5 s after the last arrival");
      Driver.Finished finished = Driver.finish(run);
      assertThat(finished.counts().timedOut()).isEqualTo(10);
      assertThat(finished.reasons()).containsExactly("not finished 5 s after the last arrival");
      assertThat(finished.snapshot().latencies().of(LatencyMetric.SEND_LAG).getTotalCount()).isEqualTo(2);
    }
  }

  @Test
  void whatWaitsWhenSendingStopsIsUnsent() throws Exception {
    try (ScriptedServer server = ScriptedServer.start((request, wire) -> {
      Wire.pause(100);
      wire.completion(request.maxTokens());
    }); LoadClient client = LoadClient.open(twoLoops(), Driver.colocated(server), NanoClock.system())) {
      LoadRun run = client.prepare(limited(2, 6000), Driver.workload(5, 2), "nonce", Driver.SLO);
      run.start(System.nanoTime());
      Eventually.becomesTrue(() -> run.snapshot().counts().inFlight() == 2);
      run.stopSending("lease ended");
      Driver.Finished finished = Driver.finish(run);
      assertThat(finished.counts().completed()).isPositive();
      assertThat(finished.counts().unsent()).isEqualTo(6000 - finished.counts().completed());
      assertThat(finished.records()).extracting(RequestRecord::outcome).containsOnly(Outcome.COMPLETED,
          Outcome.UNSENT);
    }
  }

  @Test
  void aLimitThatLetsNothingThroughIsRefused() {
    assertThatThrownBy(() -> limited(0, 1)).hasMessage("at least one request must be allowed in flight, not 0");
  }

  private static PreparedRequest request(int index) {
    return new PreparedRequest(new PlannedRequest(index, index, new RequestShape(1, 1), index), Optional.empty(), "");
  }

  private static PlannedArrivals limited(int mostInFlight, int count) {
    PlannedArrivals all = Driver.every(Duration.ofNanos(1_000), count);
    return new PlannedArrivals(all.indices(), all.intendedNanos(), OptionalInt.of(mostInFlight));
  }

  private static ClientSettings twoLoops() {
    return new ClientSettings(Dialect.COMPLETIONS, "m", Duration.ofSeconds(5), Duration.ofSeconds(20),
        Duration.ofSeconds(20), 2, Optional.empty(), 100, Driver.FULL);
  }
}
