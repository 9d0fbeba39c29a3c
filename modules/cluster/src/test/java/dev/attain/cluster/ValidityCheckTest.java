package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.client.GeneratorLoad;
import dev.attain.experiment.Validity;
import dev.attain.measurement.Collector;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.Recorder;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Slo;
import dev.attain.measurement.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValidityCheckTest {
  private static final Slo SLO = new Slo(Duration.ofMillis(500), Duration.ofMillis(30));
  private static final ClockReading GOOD_CLOCK = new ClockReading(0, 50_000, 20);
  private static final GeneratorLoad GOOD_LOAD = new GeneratorLoad(20, 0.3, 4_000_000, 0);

  private final ValidityCheck check = new ValidityCheck(new Validity(Duration.ofMillis(1), 0.02, Duration.ofMillis(5),
      Duration.ofMillis(5), 0.7, Duration.ofMillis(50)), SLO);

  private static Snapshot sentLateBy(Duration lag, int requests) {
    Recorder recorder = new Recorder(SLO);
    for (int index = 0; index < requests; index++) {
      recorder.sent();
      long sent = lag.toNanos();
      recorder.finished(new RequestRecord(index, 10, 2, 2, 2, 0, sent, RequestRecord.NEVER, RequestRecord.NEVER,
          sent + 10, sent + 10, sent + 20, sent + 20, Outcome.COMPLETED, "", 0, -1));
    }
    return new Collector(List.of(recorder), requests).snapshot();
  }

  private static List<PointOutcome.NodeOutcome> node(Snapshot last, ClockReading clock, GeneratorLoad load) {
    return List.of(new PointOutcome.NodeOutcome("load-1", last, clock, Optional.of(load)));
  }

  @Test
  void aPunctualGeneratorIsBelieved() {
    assertThat(check.reasons(node(sentLateBy(Duration.ofMillis(2), 50), GOOD_CLOCK, GOOD_LOAD))).isEmpty();
  }

  @Test
  void lateSendingIsNamedWithItsLimit() {
    assertThat(check.reasons(node(sentLateBy(Duration.ofMillis(12), 50), GOOD_CLOCK, GOOD_LOAD)))
        .singleElement().asString().contains("send lag p99").contains("the limit is 10.0 ms");
  }

  @Test
  void whatWasPlannedAndNotDecidedIsNamed() {
    Recorder recorder = new Recorder(SLO);
    recorder.finished(new RequestRecord(0, 10, 2, 0, 0, 0, RequestRecord.NEVER, RequestRecord.NEVER,
        RequestRecord.NEVER, RequestRecord.NEVER, RequestRecord.NEVER, RequestRecord.NEVER, RequestRecord.NEVER,
        Outcome.UNSENT, "too late", 0, -1));
    Snapshot last = new Collector(List.of(recorder), 1).snapshot();
    assertThat(check.reasons(node(last, GOOD_CLOCK, GOOD_LOAD)))
        .containsExactly("1 of 1 planned requests were not sent");
  }

  @Test
  void everyLimitOfANodeIsChecked() {
    GeneratorLoad bad = new GeneratorLoad(20, 0.95, 80_000_000, 9_000_000);
    List<String> reasons = check.reasons(node(sentLateBy(Duration.ZERO, 5), new ClockReading(0, 6_000_000, 20), bad));
    assertThat(reasons).hasSize(4).allSatisfy(reason -> assertThat(reason).startsWith("load-1"));
    assertThat(reasons).anySatisfy(reason -> assertThat(reason).contains("95 % of a core, the limit is 70 %"));
  }
}
