package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.client.GeneratorLoad;
import dev.attain.client.KernelCounters;
import dev.attain.client.LoopLoad;
import dev.attain.client.NodeResources;
import dev.attain.client.ProcessorUse;
import dev.attain.client.Stalls;
import dev.attain.experiment.GeneratorLimits;
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
  private static final GeneratorLoad GOOD_LOAD = SampleLoad.GOOD;
  private static final GeneratorLimits LIMITS = new GeneratorLimits(0.7, Optional.empty(), 0.2,
      Duration.ofMillis(50), Duration.ofMillis(100), 0);

  private final ValidityCheck check = new ValidityCheck(new Validity(Duration.ofMillis(1), 0.02, Duration.ofMillis(5),
      Duration.ofMillis(5), LIMITS), SLO);

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
    var loop = new LoopLoad(0.95, 14_000_000, 30_000_000, Optional.of(0.31));
    GeneratorLoad bad = new GeneratorLoad(20, 9_000_000, List.of(SampleLoad.BRISK, loop),
        new ProcessorUse(1, 0.1, Optional.of(0.2), Optional.of(0.22)),
        new Stalls(1_000_000, 120_000_000, 80_000_000, Optional.empty()), SampleLoad.ENOUGH,
        Optional.of(new KernelCounters(0, 0, 2)));

    assertThat(check.reasons(node(sentLateBy(Duration.ZERO, 5), new ClockReading(0, 6_000_000, 20), bad)))
        .containsExactlyInAnyOrder("load-1: clock offset known only within 6.0 ms, the limit is 5.0 ms",
            "load-1: started late by 9.0 ms, the limit is 5.0 ms",
            "load-1: was stopped by garbage collection for 80.0 ms, the limit is 50.0 ms",
            "load-1: nothing ran for 120.0 ms, the limit is 100.0 ms",
            "load-1: its busiest event loop used 95 % of a core, the limit is 70 %",
            "load-1: event loop 1 came late to its tasks: at p99 by 14.0 ms, the limit is 10.0 ms",
            "load-1: no processor was free for event loop 1 31 % of the time, the limit is 20 %",
            "load-1: no processor was free for the pacer 22 % of the time, the limit is 20 %",
            "load-1: its machine threw away 2 TCP segments that had arrived, the limit is 0; see net.ipv4.tcp_rmem and"
                + " net.core.rmem_max");
  }

  @Test
  void aConnectionThatThisNodeCouldNotOpenIsTheGeneratorsFault() {
    var exhausted = new NodeResources(Optional.empty(), Optional.empty(), Optional.empty(), 12, 0,
        "this node has no file descriptors left (limit 1024: raise with ulimit -n)");
    GeneratorLoad load = SampleLoad.load(SampleLoad.BRISK, SampleLoad.LIGHT, SampleLoad.CALM, exhausted,
        Optional.of(SampleLoad.CLEAN));

    assertThat(check.reasons(node(sentLateBy(Duration.ZERO, 5), GOOD_CLOCK, load)))
        .containsExactly("load-1: 12 connections could not be opened: this node has no file descriptors left (limit"
            + " 1024: raise with ulimit -n)");
  }

  @Test
  void whatASystemDoesNotTellIsNotHeldAgainstIt() {
    assertThat(check.reasons(node(sentLateBy(Duration.ZERO, 5), GOOD_CLOCK, SampleLoad.TACITURN))).isEmpty();
  }
}
