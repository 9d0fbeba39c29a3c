package dev.attain.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import dev.attain.statistics.Overload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfidenceTest {
  private static final long NEVER = RequestRecord.NEVER;
  private static final Slo SLO = new Slo(Duration.ofMillis(500), Duration.ofMillis(30));
  private static final Circumstances OPEN = new Circumstances(SLO, LoopKind.OPEN, true, 2);
  private static final Circumstances CLOSED = new Circumstances(SLO, LoopKind.CLOSED, true, 1);

  private static OutcomeColumns columns(List<RequestRecord> records) {
    var columns = new OutcomeColumns(SLO);
    records.forEach(columns::add);
    return columns;
  }

  private static Confidence judged(List<RequestRecord> records, int planned, Circumstances circumstances) {
    return Confidence.of(columns(records).ordered(planned, circumstances.loop()), circumstances);
  }

  /** Ten requests a second, each with the TTFT in seconds that is given for its index and 0.1 s of decoding after it. */
  private static List<RequestRecord> requests(int count, IntToDoubleFunction ttft) {
    return IntStream.range(0, count).mapToObj(index -> request(index, index / 10.0, ttft.applyAsDouble(index)))
        .toList();
  }

  private static RequestRecord request(int index, double due, double ttft) {
    long intended = Math.round(due * 1e9);
    long first = intended + Math.round(ttft * 1e9);
    return new RequestRecord(index, 32, 11, 11, 11, intended, intended, NEVER, NEVER, first, first, first + 100_000_000,
        first + 100_000_000, Outcome.COMPLETED, "", -1, 0);
  }

  private static double noise(int index) {
    return 0.3 + 0.1 * new SplittableRandom(index).nextDouble();
  }

  @Test
  void theOrderInWhichRecordsArriveDoesNotMatter() {
    List<RequestRecord> records = requests(500, index -> 0.2 + index % 97 / 300.0);
    var shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(judged(shuffled, 500, OPEN)).isEqualTo(judged(records, 500, OPEN));
  }

  @Test
  void aRequestWithoutARecordIsAMissInItsPlace() {
    List<RequestRecord> records = new ArrayList<>(requests(10, index -> 0.1));
    records.remove(4);
    OutcomeColumns.Ordered ordered = columns(records).ordered(10, LoopKind.OPEN);
    assertThat(ordered.severity()).hasSize(10);
    assertThat(ordered.severity()[4]).isInfinite();
    assertThat(ordered.severity()[5]).isLessThan(1);
    assertThat(ordered.ttft()[4]).isNaN();
    assertThat(ordered.from()).isSorted();
    assertThat(ordered.until()[4]).isEqualTo(ordered.from()[4]);
  }

  @Test
  void usersOfAClosedLoopAreInTheOrderOfTimeAndNotOfTheirNumbers() {
    List<RequestRecord> records = List.of(request(0, 0, 0.1), request(2, 3, 0.3), request(1, 1, 0.2),
        request(7, 2, 0.4));
    assertThat(columns(records).ordered(4, LoopKind.CLOSED).ttft()).containsExactly(0.1, 0.2, 0.4, 0.3);
  }

  @Test
  void aPointThatCannotKeepUpIsOverloadedAndSaysSo() {
    Confidence confidence = judged(requests(2000, index -> 0.1 + index / 200.0), 2000, OPEN);
    assertThat(confidence.overloaded()).isTrue();
    assertThat(confidence.warnings()).singleElement().asString().startsWith("overloaded: from the first third to the")
        .contains("went from 12.2 to 0.0 %");
    assertThat(confidence.doubts()).isEqualTo(confidence.warnings());
  }

  @Test
  void neitherAClosedLoopNorALoadThatChangesCanBeOverloaded() {
    List<RequestRecord> records = requests(2000, index -> 0.1 + index / 200.0);
    assertThat(judged(records, 2000, CLOSED).overload()).isEmpty();
    Confidence ramp = judged(records, 2000, new Circumstances(SLO, LoopKind.OPEN, false, 1));
    assertThat(ramp.overload()).isEmpty();
    assertThat(ramp.steadyState()).isEmpty();
    assertThat(ramp.warnings()).isEmpty();
  }

  @Test
  void aSteadyPointOfSufficientLengthHasNoWarning() {
    Confidence confidence = judged(requests(2000, ConfidenceTest::noise), 2000, OPEN);
    assertThat(confidence.warnings()).isEmpty();
    assertThat(confidence.overload()).hasValueSatisfying(it -> assertThat(it.inFlightLast()).isBetween(4.0, 5.0))
        .map(Overload::overloaded).contains(false);
    assertThat(confidence.steadyState()).hasValueSatisfying(it -> assertThat(it.trend()).isEqualTo("none"));
  }

  @Test
  void fewerThanAThousandRequestsForEachInstanceAreAWarning() {
    assertThat(judged(requests(1998, ConfidenceTest::noise), 1998, OPEN).warnings()).singleElement().asString()
        .isEqualTo("999 requests for each instance are fewer than 1,000: queues had little time to build, and a longer "
            + "point may show less");
    assertThat(judged(requests(100, ConfidenceTest::noise), 100, CLOSED).warnings()).isEmpty();
  }

  @Test
  void aSlowBeginningIsCountedAndWarnedOfOnlyWhenNothingSettles() {
    Confidence cold = judged(requests(2000, index -> index < 100 ? 2 : noise(index)), 2000, OPEN);
    assertThat(cold.steadyState()).hasValueSatisfying(it -> assertThat(it.warmUpRequests()).isBetween(100, 200));
    assertThat(cold.warnings()).isEmpty();
    Confidence drifting = judged(requests(2000, index -> noise(index) + index / 20_000.0), 2000, OPEN);
    assertThat(drifting.warnings()).singleElement().asString().startsWith("no steady state: after the first")
        .contains("rising trend");
  }

  @Test
  void percentilesHaveIntervalsAroundThemWhereThereAreEnoughRequests() {
    Confidence confidence = judged(requests(400, ConfidenceTest::noise), 400, OPEN);
    assertThat(confidence.ttft()).containsOnlyKeys("p50", "p90", "p99");
    Bounds median = confidence.ttft().get("p50");
    assertThat(median.low().orElseThrow()).isBetween(0.33, 0.35);
    assertThat(median.high().orElseThrow()).isBetween(0.35, 0.37);
    assertThat(judged(requests(50, ConfidenceTest::noise), 50, OPEN).ttft().get("p99").high()).isEmpty();
  }

  @Test
  void aPointWithoutRecordsProvesNothing() {
    Confidence none = judged(List.of(), 0, OPEN);
    assertThat(none.independentRequests()).isZero();
    assertThat(none.ttft().get("p50")).isEqualTo(new Bounds(Optional.empty(), Optional.empty()));
  }
}
