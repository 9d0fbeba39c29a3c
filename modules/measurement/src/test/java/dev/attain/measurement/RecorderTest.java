package dev.attain.measurement;

import static dev.attain.measurement.RequestRecord.NEVER;
import static dev.attain.measurement.SampleRequests.SLO;
import static dev.attain.measurement.SampleRequests.completed;
import static dev.attain.measurement.SampleRequests.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecorderTest {
  private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

  private static final int ENDINGS = 1_000_000;

  private final Recorder recorder = new Recorder(SLO);
  private final Collector collector = new Collector(List.of(recorder), 100);

  @Test
  void aGapOfZeroStaysZeroAndAnythingAboveIsRoundedUpToMicroseconds() {
    for (long nanos : new long[]{0, 1, 999, 1000, 1001}) {
      recorder.tokenGap(nanos);
    }

    Histogram gaps = collector.snapshot().latencies().of(LatencyMetric.ITL);
    assertThat(gaps.getCountAtValue(0)).isEqualTo(1);
    assertThat(gaps.getCountAtValue(1)).isEqualTo(3);
    assertThat(gaps.getCountAtValue(2)).isEqualTo(1);
  }

  @Test
  void withOneTokenAnEventTheGapsOfEventsAreThoseOfTokens() {
    for (long millis : new long[]{10, 20, 30}) {
      recorder.tokenGap(Duration.ofMillis(millis).toNanos(), 1);
    }

    Latencies latencies = collector.snapshot().latencies();
    assertThat(latencies.of(LatencyMetric.ITL).getTotalCount()).isEqualTo(3);
    assertThat(latencies.of(LatencyMetric.ITL_PER_TOKEN)).isEqualTo(latencies.of(LatencyMetric.ITL));
  }

  @Test
  void theGapBeforeAnEventOfSeveralTokensIsSharedByItsTokens() {
    recorder.tokenGap(Duration.ofMillis(10).toNanos(), 1);
    recorder.tokenGap(Duration.ofMillis(30).toNanos(), 3);
    recorder.tokenGap(Duration.ofMillis(25).toNanos(), 1);
    recorder.tokenGap(10_001, 2);

    Snapshot snapshot = collector.snapshot().encode().decode();
    Histogram perEvent = snapshot.latencies().of(LatencyMetric.ITL);
    assertThat(perEvent.getTotalCount()).isEqualTo(4);
    assertThat(perEvent.getCountAtValue(30_000)).isEqualTo(1);
    Histogram perToken = snapshot.latencies().of(LatencyMetric.ITL_PER_TOKEN);
    assertThat(perToken.getTotalCount()).isEqualTo(1 + 3 + 1 + 2);
    assertThat(perToken.getCountAtValue(10_000)).as("10 ms once, and a third of 30 ms three times").isEqualTo(4);
    assertThat(perToken.getCountAtValue(25_000)).isEqualTo(1);
    assertThat(perToken.getCountAtValue(6)).as("5000.5 ns, rounded up as every latency").isEqualTo(2);
  }

  @Test
  void whatLiesOutsideTheRangeIsCountedForBothKindsOfGaps() {
    recorder.tokenGap(-1, 1);
    recorder.tokenGap(-1, 4);

    Latencies latencies = collector.snapshot().latencies();
    assertThat(latencies.outOfRange(LatencyMetric.ITL)).isEqualTo(2);
    assertThat(latencies.outOfRange(LatencyMetric.ITL_PER_TOKEN)).isEqualTo(5);
  }

  @Test
  void valuesOutsideTheRangeAreCountedApartAndNeverClamped() {
    recorder.tokenGap(-1);
    recorder.tokenGap(NEVER);
    recorder.tokenGap(HOUR_NANOS);
    recorder.tokenGap(HOUR_NANOS + 1);
    recorder.tokenGap(Long.MAX_VALUE);

    Latencies latencies = collector.snapshot().latencies();
    assertThat(latencies.outOfRange(LatencyMetric.ITL)).isEqualTo(4);
    assertThat(latencies.of(LatencyMetric.ITL).getTotalCount()).as("one hour itself is within").isEqualTo(1);
    assertThat(latencies.outOfRange(LatencyMetric.TTFT)).isZero();
  }

  @Test
  void distributionsHoldCompletedRequestsAndSendLagHoldsEverythingSent() {
    recorder.sent();
    recorder.finished(completed(1_000_000, 9_000_000, 10));
    recorder.sent();
    recorder.finished(ended(Outcome.FAILED, 2000));
    recorder.sent();
    recorder.finished(ended(Outcome.TIMED_OUT, 3000));
    recorder.sent();
    recorder.finished(ended(Outcome.FAILED, NEVER));
    recorder.finished(ended(Outcome.UNSENT, NEVER));

    Snapshot snapshot = collector.snapshot();
    assertThat(snapshot.counts()).isEqualTo(new Counts(100, 4, 1, 2, 1, 1, 0, 1, 1, 1, 100, 10, 10));
    for (LatencyMetric metric : LatencyMetric.values()) {
      long expected = switch (metric) {
        case ITL, ITL_PER_TOKEN -> 0;
        case SEND_LAG -> 3;
        case PREFILL_LEG, HAND_OVER, DECODE_FIRST, IN_FLIGHT_WAIT -> 0;
        default -> 1;
      };
      assertThat(snapshot.latencies().of(metric).getTotalCount()).as(metric.jsonName()).isEqualTo(expected);
    }
    assertThat(snapshot.latencies().requiredScale().getTotalCount()).isEqualTo(1);
  }

  @Test
  void theWaitForOthersToEndIsKeptApartFromTheLatenessOfTheGenerator() {
    for (long released : new long[]{0, 5_000_000}) {
      recorder.sent();
      recorder.finished(new RequestRecord(0, 100, 10, 0, 0, 0, released, released + 2000, NEVER, NEVER, NEVER, NEVER,
          NEVER, 9_000_000, Outcome.FAILED, "broken", -1, 0, 0, Sending.UNKNOWN));
    }

    Latencies latencies = collector.snapshot().latencies();
    assertThat(latencies.of(LatencyMetric.SEND_LAG).getMaxValue()).isEqualTo(2);
    assertThat(latencies.of(LatencyMetric.IN_FLIGHT_WAIT).getTotalCount()).as("only one waited").isEqualTo(1);
    assertThat(latencies.of(LatencyMetric.IN_FLIGHT_WAIT).getCountAtValue(5000)).isEqualTo(1);
  }

  @Test
  void onlyCompletedRequestsInTwoLegsHaveStages() {
    recorder.sent();
    recorder.finished(SampleRequests.inTwoLegs(30_000_000, 30_100_000, 42_000_000));
    recorder.sent();
    recorder.finished(completed(1_000_000, 9_000_000, 10));
    recorder.sent();
    recorder.finished(new RequestRecord(0, 100, 10, 0, 0, 0, 0, 30_000_000, 30_100_000, NEVER, NEVER, NEVER, 40_000_000,
        Outcome.FAILED, "decode: connection reset", 0, 0));

    Latencies latencies = collector.snapshot().latencies();
    assertThat(LatencyMetric.STAGES).allSatisfy(stage -> {
      assertThat(latencies.of(stage).getTotalCount()).as(stage.jsonName()).isEqualTo(1);
      assertThat(latencies.outOfRange(stage)).as(stage.jsonName()).isZero();
    });
    assertThat(latencies.of(LatencyMetric.PREFILL_LEG).getMaxValue()).isBetween(30_000L, 30_030L);
    assertThat(latencies.of(LatencyMetric.HAND_OVER).getMaxValue()).isEqualTo(100);
    assertThat(latencies.of(LatencyMetric.DECODE_FIRST).getMaxValue()).isBetween(11_900L, 11_912L);
  }

  @Test
  void aLatencyAboveOneHourIsAMissAndCountedApart() {
    recorder.sent();
    recorder.finished(completed(HOUR_NANOS + 1, 0, 1));

    Snapshot snapshot = collector.snapshot();
    assertThat(snapshot.counts().completed()).isEqualTo(1);
    assertThat(snapshot.counts().metBoth()).isZero();
    assertThat(snapshot.latencies().outOfRange(LatencyMetric.TTFT)).isEqualTo(1);
    assertThat(snapshot.latencies().outOfRange(LatencyMetric.TPOT)).isZero();
  }

  @Test
  void aRequiredScaleThatCannotBeIsCountedApart() {
    recorder.sent();
    recorder.finished(completed(-1, 0, 1));

    Snapshot snapshot = collector.snapshot();
    assertThat(snapshot.latencies().requiredScaleOutOfRange()).isEqualTo(1);
    assertThat(snapshot.neverMeeting()).isEqualTo(100);
  }

  @Test
  void aNodeCannotReportItsOwnRequestsAsLost() {
    recorder.sent();
    assertThatIllegalArgumentException().isThrownBy(() -> recorder.finished(ended(Outcome.LOST, 0)))
        .withMessageContaining("lost");
    assertThat(collector.snapshot().latencies().of(LatencyMetric.SEND_LAG).getTotalCount()).isZero();
  }

  @Test
  void moreEndingsThanSendsAreRefused() {
    assertThatIllegalStateException().isThrownBy(() -> recorder.finished(completed(1, 0, 1)))
        .withMessageContaining("never counted as sent");
    assertThat(collector.snapshot().counts()).isEqualTo(Counts.ofPlanned(100));
  }

  @Test
  @Timeout(60)
  void countsReadWhileRequestsEndNeverShowAnEndWithoutItsBeginning() throws InterruptedException {
    Thread writer = new Thread(() -> record(completed(1_000_000, 0, 1), ENDINGS));
    writer.setDaemon(true);
    writer.start();

    // Read as often as possible; asserting each time would be too slow to catch the writer between two additions.
    long contradictions = 0;
    while (writer.isAlive()) {
      Counts counts = recorder.counts();
      boolean ordered = counts.metBoth() <= counts.metTtft() && counts.metTtft() <= counts.completed()
          && counts.completed() <= counts.outputTokens() && counts.inFlight() >= 0;
      contradictions += ordered ? 0 : 1;
    }

    assertThat(contradictions).isZero();
    assertThat(writer.join(Duration.ofSeconds(30))).isTrue();
    assertThat(recorder.counts().completed()).isEqualTo(ENDINGS);
  }

  @Test
  void recordingAllocatesNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    RequestRecord request = SampleRequests.inTwoLegs(200_000_000, 200_100_000, 300_000_000);
    record(request, 20_000);
    long before = threads.getCurrentThreadAllocatedBytes();

    record(request, 20_000);

    // Anything allocated for each call would be at least 16 bytes each.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
  }

  private void record(RequestRecord request, int times) {
    for (int call = 0; call < times; call++) {
      recorder.tokenGap(call * 100L);
      recorder.sent();
      recorder.finished(request);
    }
  }
}
