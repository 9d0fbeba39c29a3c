package dev.attain.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final Machine ROOMY = new Machine(8, 7, 1, true, OptionalLong.of(1_000_000), OptionalLong.of(60_000),
      "25", "Linux");
  private static final OpenStreams OPEN = new OpenStreams(20_000, 20_000, 20_000, "", OptionalLong.of(400L << 20),
      OptionalLong.of(100L << 20));

  private static Findings streams(Rung... rungs) {
    return new Findings(ROOMY, 1, List.of(Rungs.good(1000), Rungs.good(2000)), List.of(rungs), OPEN);
  }

  private static String text(Findings findings) {
    return String.join("\n", FindingsText.lines(findings));
  }

  @Test
  void theLastSentenceSaysHowFarOneLoadNodeCanBeTrusted() {
    Findings findings = streams(Rungs.good(100), Rungs.good(200), Rungs.invalid(400));

    assertThat(findings.trustedEventsPerSecond()).hasValue(10_000);
    assertThat(findings.trustedRequestsPerSecond()).hasValue(2000);
    assertThat(FindingsText.lines(findings).getLast()).isEqualTo("On this machine one load node can be trusted up to"
        + " about 10,000 events/s and 2,000 requests/s; beyond that points will be INVALID.");
  }

  @Test
  void errorsThatNoLimitOfValidityCatchesAreNotCalledInvalid() {
    assertThat(FindingsText.lines(streams(Rungs.good(200), Rungs.wrong(400))).getLast())
        .endsWith(
            "beyond that some latencies are wrong by more than 1 ms and 5 %, and further up points will be INVALID.");
  }

  @Test
  void nothingIsClaimedBeyondWhatWasTried() {
    assertThat(FindingsText.lines(streams(Rungs.good(200))).getLast()).endsWith("nothing higher was tried.");
  }

  @Test
  void aMachineOnWhichNothingHoldsIsCalledThat() {
    assertThat(FindingsText.lines(streams(Rungs.wrong(20), Rungs.wrong(40))).getLast())
        .startsWith("On this machine one load node cannot be trusted even with 1,000 events/s");
  }

  @Test
  void aServerThatWasLateIsNotTakenForTheClient() {
    String late = text(streams(Rungs.good(200), Rungs.wrongServer(400)));
    assertThat(late).contains("error > 1 ms, error > 5 % (server late)")
        .contains("at 20,000 events/s the server of this test was late itself (0.90 ms at p99)");
    assertThat(text(streams(Rungs.good(200), Rungs.wrong(400)))).doesNotContain("late itself");
  }

  @Test
  void saysWhichLoadKeepsErrorsWithinAMillisecondAndWithinFivePercent() {
    ServerReport server = Rungs.good(1).server();
    Rung sixPercent = Rungs.of(400, new Deviation(100, 600), 100, 0.5, server);
    Findings findings = streams(Rungs.good(200), sixPercent, Rungs.wrong(800));

    assertThat(findings.eventsPerSecondWithin(Rung.Limit.ERROR_ABOVE_1_MS)).hasValue(20_000);
    assertThat(findings.eventsPerSecondWithin(Rung.Limit.ERROR_ABOVE_5_PERCENT)).hasValue(10_000);
    assertThat(findings.trustedEventsPerSecond()).as("5 % of the smaller truth are no reason for distrust")
        .hasValue(20_000);
  }

  @Test
  void aBusyLoopBesideIdleCoresWantsMoreLoops() {
    assertThat(text(streams(Rungs.good(200), Rungs.invalid(400))))
        .contains("raise requests.event-loops, and try it with --loops 2");
  }

  @Test
  void tooFewFilesAndPortsAreNamedWithWhatIsNeeded() {
    Machine small = new Machine(2, 1, 1, true, OptionalLong.of(1024), OptionalLong.of(5000), "25", "Linux");
    String text = text(new Findings(small, 1, List.of(Rungs.good(1000)), List.of(Rungs.good(200)), OPEN));

    assertThat(text).contains("1,024 files").contains("ulimit -n 65536 (needed are 20,300)")
        .contains("5,000 local ports").contains("net.ipv4.ip_local_port_range");
    assertThat(text(streams(Rungs.good(200)))).doesNotContain("ulimit").doesNotContain("What to change");
  }

  @Test
  void asManyStreamsAreTriedAsTheMachineAllows() {
    Machine small = new Machine(2, 1, 1, true, OptionalLong.of(1024), OptionalLong.of(5000), "25", "Linux");
    assertThat(OpenStreams.possible(small, 20_000)).isEqualTo(724);
    assertThat(OpenStreams.possible(ROOMY, 20_000)).isEqualTo(20_000);
  }

  @Test
  void theDocumentForProgramsHasEveryLoadInSeconds() {
    String json = FindingsJson.document(streams(Rungs.good(200), Rungs.invalid(400)), "1.2.3");

    assertThat(json).contains("\"schemaVersion\" : 1", "\"version\" : \"1.2.3\"",
        "\"trustedEventsPerSecond\" : 10000.0",
        "\"trueTtft\" : 0.05", "\"sendLagP99\" : 0.003",
        "\"passed\" : [ \"ERROR_ABOVE_1_MS\", \"ERROR_ABOVE_5_PERCENT\","
            + " \"SENT_LATE\", \"LOOP_BUSY\" ]",
        "\"residentBytes\" : 419430400", "beyond that points will be INVALID.");
  }

  @Test
  void aGapThatIsTooShortIsAnErrorLikeOneThatIsTooLong() {
    org.HdrHistogram.Histogram micros = new org.HdrHistogram.Histogram(3);
    micros.recordValueWithCount(10_000, 97);
    micros.recordValueWithCount(8_000, 3);

    assertThat(Deviation.of(micros, 10_000).p50Micros()).isLessThan(10);
    assertThat(Deviation.of(micros, 10_000).p99Micros()).isBetween(1990.0, 2010.0);
  }
}
