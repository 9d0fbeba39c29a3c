package dev.attain.measurement;

import static dev.attain.measurement.SampleRequests.SLO;
import static dev.attain.measurement.SampleRequests.random;
import static dev.attain.measurement.SampleRequests.replay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CollectorTest {

  @Test
  void countsAndHistogramsAgreeExactlyWhenTheWriterIsQuiet() {
    for (long seed = 0; seed < 20; seed++) {
      Snapshot snapshot = SampleRequests.snapshotOf(random(seed, 500));

      assertThat(snapshot.counts().conserved()).isTrue();
      assertThat(snapshot.counts().inFlight()).isZero();
      assertAgreement(snapshot);
      assertStagesAddUp(snapshot, random(seed, 500));
    }
  }

  @Test
  void countsEqualThoseOfTheRawRecords() {
    List<RequestRecord> requests = random(5, 2000);
    Counts counts = SampleRequests.snapshotOf(requests).counts();

    List<RequestRecord> completed = requests.stream().filter(RequestRecord::completed).toList();
    assertThat(counts.planned()).isEqualTo(2000);
    assertThat(counts.completed()).isEqualTo(completed.size());
    assertThat(counts.metTtft()).isEqualTo(completed.stream().filter(request -> request.meetsTtft(SLO)).count());
    assertThat(counts.metTpot()).isEqualTo(completed.stream().filter(request -> request.meetsTpot(SLO)).count());
    assertThat(counts.metBoth()).isEqualTo(completed.stream().filter(request -> request.meets(SLO)).count());
    assertThat(counts.promptTokens()).isEqualTo(completed.stream().mapToLong(RequestRecord::promptTokens).sum());
    assertThat(counts.outputTokens()).isEqualTo(completed.stream().mapToLong(RequestRecord::outputTokens).sum());
    assertThat(counts.tokenEvents()).isEqualTo(requests.stream().mapToLong(RequestRecord::tokenEvents).sum());
  }

  @Test
  void snapshotsAreNumberedCumulativeAndDoNotChangeAfterwards() {
    Recorder recorder = new Recorder(SLO);
    Collector collector = new Collector(List.of(recorder), 400);
    List<RequestRecord> requests = random(9, 400);

    requests.subList(0, 100).forEach(request -> replay(request, recorder));
    Snapshot early = collector.snapshot();
    EncodedSnapshot frozen = early.encode();
    requests.subList(100, 400).forEach(request -> replay(request, recorder));
    Snapshot late = collector.snapshot();
    Snapshot again = collector.snapshot();

    assertThat(early.encode()).isEqualTo(frozen);
    assertThat(List.of(early.number(), late.number(), again.number())).containsExactly(1L, 2L, 3L);
    assertThat(early.counts().ended()).isEqualTo(100);
    assertThat(late.latencies()).isEqualTo(SampleRequests.snapshotOf(requests).latencies());
    assertThat(again.counts()).isEqualTo(late.counts());
    assertThat(again.latencies()).isEqualTo(late.latencies());
  }

  @Test
  void changingAHistogramThatWasHandedOutDoesNotChangeTheSnapshot() {
    Snapshot snapshot = SampleRequests.snapshotOf(random(2, 50));
    Latencies before = snapshot.encode().decode().latencies();

    snapshot.latencies().of(LatencyMetric.TTFT).recordValue(7);
    snapshot.latencies().requiredScale().reset();

    assertThat(snapshot.latencies()).isEqualTo(before);
  }

  @Test
  @Timeout(60)
  void snapshotsTakenWhileRequestsEndAreConsistent() throws InterruptedException {
    List<Recorder> recorders = List.of(new Recorder(SLO), new Recorder(SLO));
    List<RequestRecord> requests = random(21, 20_000);
    Collector collector = new Collector(recorders, requests.size());
    List<Thread> writers = List.of(writer(requests, recorders, 0), writer(requests, recorders, 1));
    writers.forEach(Thread::start);

    long number = 0;
    Counts previous = Counts.none();
    while (writers.stream().anyMatch(Thread::isAlive)) {
      Snapshot snapshot = collector.snapshot();
      assertThat(snapshot.number()).isEqualTo(++number);
      assertConsistent(snapshot);
      assertThat(snapshot.counts().ended()).isGreaterThanOrEqualTo(previous.ended());
      previous = snapshot.counts();
    }
    for (Thread writer : writers) {
      assertThat(writer.join(Duration.ofSeconds(30))).isTrue();
    }

    Snapshot last = collector.snapshot();
    Snapshot expected = SampleRequests.snapshotOf(requests);
    assertThat(last.counts()).isEqualTo(expected.counts());
    assertThat(last.latencies()).isEqualTo(expected.latencies());
    assertAgreement(last);
  }

  private static Thread writer(List<RequestRecord> requests, List<Recorder> recorders, int at) {
    Thread thread = new Thread(() -> {
      for (int index = at; index < requests.size(); index += recorders.size()) {
        replay(requests.get(index), recorders.get(at));
      }
    });
    thread.setDaemon(true);
    return thread;
  }

  private static void assertConsistent(Snapshot snapshot) {
    Counts counts = snapshot.counts();
    assertThat(counts.inFlight()).isNotNegative();
    assertThat(counts.metBoth()).isLessThanOrEqualTo(counts.metTtft()).isLessThanOrEqualTo(counts.metTpot());
    assertThat(counts.metTtft()).isLessThanOrEqualTo(counts.completed());
    assertThat(counts.metTpot()).isLessThanOrEqualTo(counts.completed());
    assertThat(known(snapshot, LatencyMetric.TTFT)).isGreaterThanOrEqualTo(counts.completed());
    assertThat(known(snapshot, LatencyMetric.E2E)).isGreaterThanOrEqualTo(counts.completed());
    assertThat(snapshot.meetingAtScale(1)).isGreaterThanOrEqualTo(counts.metBoth());
  }

  private static void assertAgreement(Snapshot snapshot) {
    Counts counts = snapshot.counts();
    for (LatencyMetric metric : List.of(LatencyMetric.TTFT, LatencyMetric.SERVICE_TTFT, LatencyMetric.TPOT,
        LatencyMetric.E2E, LatencyMetric.NORMALIZED_LATENCY)) {
      assertThat(known(snapshot, metric)).as(metric.jsonName()).isEqualTo(counts.completed());
    }
    assertThat(known(snapshot, LatencyMetric.SEND_LAG)).isEqualTo(counts.sent());
    assertThat(known(snapshot, LatencyMetric.ITL))
        .isEqualTo(counts.tokenEvents() - counts.completed() - counts.failed() - counts.timedOut());
    assertThat(snapshot.latencies().requiredScale().getTotalCount() + snapshot.latencies().requiredScaleOutOfRange())
        .isEqualTo(counts.completed());
    assertThat(snapshot.meetingAtScale(1)).isEqualTo(counts.metBoth());
  }

  /** Every completed request in two legs is in each stage once, and the stages of all make up their service TTFTs. */
  private static void assertStagesAddUp(Snapshot snapshot, List<RequestRecord> requests) {
    List<RequestRecord> inTwoLegs = requests.stream().filter(request -> request.completed() && request.twoLegs())
        .toList();
    assertThat(inTwoLegs).isNotEmpty().hasSizeLessThan((int) snapshot.counts().completed());
    double micros = 0;
    for (LatencyMetric stage : LatencyMetric.STAGES) {
      assertThat(known(snapshot, stage)).as(stage.jsonName()).isEqualTo(inTwoLegs.size());
      assertThat(snapshot.latencies().outOfRange(stage)).as(stage.jsonName()).isZero();
      micros += snapshot.latencies().of(stage).getMean() * inTwoLegs.size();
    }
    double expected = inTwoLegs.stream().mapToLong(RequestRecord::serviceTtftNanos).sum() / 1e3;
    // Histograms know a value to 0.1 %, and each was rounded up to a microsecond.
    assertThat(micros).isCloseTo(expected, offset(0.001 * expected + 3 * inTwoLegs.size()));
  }

  private static long known(Snapshot snapshot, LatencyMetric metric) {
    return snapshot.latencies().of(metric).getTotalCount() + snapshot.latencies().outOfRange(metric);
  }
}
