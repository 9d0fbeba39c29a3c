package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.measurement.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
  private static final String WITHIN = " at 90 % within TTFT 500 ms / TPOT 30 ms";

  @TempDir
  Path folder;

  @Test
  void theSustainedRateIsTheHighestThatPassesBelowTheFirstMiss() throws Exception {
    var bundle = new SampleBundle(folder, "8, 16, 24", 1).point("colocated", 8, 1).point("colocated", 16, 0.95)
        .point("colocated", 24, 0.7125).complete();

    assertThat(Reports.sentences(bundle)).first().isEqualTo("colocated sustains 16 req/s (8 per GPU)" + WITHIN
        + "; misses at 24 req/s (71.3 % [66.6, 75.5]).");
  }

  @Test
  void nothingIsSaidBeyondTheHighestMeasuredRate() throws Exception {
    var bundle = new SampleBundle(folder, "8, 32", 1).point("colocated", 8, 1).point("colocated", 32, 0.99).complete();

    assertThat(Reports.sentences(bundle)).first()
        .isEqualTo("colocated sustains at least 32 req/s (16 per GPU, highest measured)" + WITHIN + ".");
  }

  @Test
  void nothingIsSaidBelowTheLowestMeasuredRate() throws Exception {
    var bundle = new SampleBundle(folder, "8, 32", 1).point("colocated", 8, 0.5).point("colocated", 32, 0.1).complete();

    assertThat(Reports.sentences(bundle)).first().isEqualTo("colocated stays below 8 req/s (4 per GPU, lowest measured)"
        + WITHIN + "; misses at 8 req/s (50.0 % [45.1, 54.9]).");
  }

  @Test
  void anIntervalAroundTheTargetIsCalledUndecided() throws Exception {
    var bundle = new SampleBundle(folder, "8, 16, 24, 32", 1).point("colocated", 8, 1).point("colocated", 16, 0.91)
        .point("colocated", 24, 0.9).point("colocated", 32, 0.2).point("disaggregated", 8, 0.9).complete();

    assertThat(Reports.sentences(bundle)).containsExactly(
        "colocated sustains 8 req/s (4 per GPU)" + WITHIN
            + "; undecided from 16 req/s (91.0 % [87.8, 93.4]); misses at 32 req/s (20.0 % [16.4, 24.2]).",
        "disaggregated shows no rate that it sustains" + WITHIN
            + "; undecided at 8 req/s (90.0 % [86.7, 92.6]); not measured at 16, 24, 32 req/s.");
  }

  @Test
  void invalidPointsAreNamedAndNeverCountAsSustained() throws Exception {
    var bundle = new SampleBundle(folder, "8, 16", 1).point("colocated", 8, 1)
        .invalid("colocated", 16, 1, "send lag p99 12 ms is above its limit of 10 ms")
        .invalid("disaggregated", 8, 1, "no KV transfer was seen").invalid("disaggregated", 16, 1, "likewise")
        .complete();

    assertThat(Reports.sentences(bundle)).containsExactly(
        "colocated sustains at least 8 req/s (4 per GPU, highest measured)" + WITHIN
            + "; invalid at 16 req/s (send lag p99 12 ms is above its limit of 10 ms).",
        "disaggregated: no verdict, every point is invalid (no KV transfer was seen).");
  }

  @Test
  void aPassAboveAMissIsAContradictionAndNotSustained() throws Exception {
    var bundle = new SampleBundle(folder, "8, 16, 24", 1).point("colocated", 8, 1).point("colocated", 16, 0.5)
        .point("colocated", 24, 1).complete();

    assertThat(Reports.sentences(bundle)).first().asString().startsWith("colocated sustains 8 req/s")
        .endsWith("yet passes at 24 req/s, which contradicts the miss below.");
  }

  @Test
  void repeatsOfARatePoolTheirRequests() throws Exception {
    var bundle = new SampleBundle(folder, "8, 16", 2).repeat("colocated", 8, 1, 0.92).repeat("colocated", 8, 2, 0.93)
        .repeat("colocated", 16, 1, 0.1).repeat("colocated", 16, 2, 0.2).complete();

    // Neither repeat of 400 requests is enough to pass; the 800 of both are.
    assertThat(Reports.sentences(bundle)).first().asString().startsWith("colocated sustains 8 req/s")
        .endsWith("misses at 16 req/s (15.0 % [12.7, 17.6]).");
    assertThat(Reports.consoleTable(bundle, false)).contains("8 #1", "8 #2");
  }

  @Test
  void overloadIsSaidFromTheLowestRateThatShowsIt() throws Exception {
    var bundle = new SampleBundle(folder, "8, 14, 20", 1).proving(400, false).point("colocated", 8, 1)
        .proving(200, true).point("colocated", 14, 0.97).point("colocated", 20, 0.2).complete();

    assertThat(Reports.sentences(bundle)).first().asString().startsWith("colocated sustains 8 req/s")
        .contains("; undecided at 14 req/s (97.0 %").endsWith("; overloaded from 14 req/s.");
    assertThat(Reports.consoleTable(bundle, false).lines().filter(line -> line.contains(" 14 "))).singleElement()
        .asString().contains("UNDECIDED").endsWith("  overloaded");
  }

  @Test
  void overloadThatAHigherRateDoesNotShowIsSaidOfItsRatesOnly() throws Exception {
    var bundle = new SampleBundle(folder, "8, 14, 20", 1).proving(400, false).point("colocated", 8, 1)
        .proving(200, true).point("colocated", 14, 0.5).proving(400, false).point("colocated", 20, 0.4).complete();

    assertThat(Reports.sentences(bundle)).first().asString().endsWith("; overloaded at 14 req/s.");
  }

  @Test
  void anUndecidedRowSaysHowManyMoreRequestsItTakes() throws Exception {
    var bundle = new SampleBundle(folder, "8", 1).proving(100, false).point("colocated", 8, 0.93).complete();

    // 385 independent requests decide at a share of 93 %; four planned ones are worth one.
    assertThat(Reports.consoleTable(bundle, false)).contains("interval straddles the target; about 1137 more requests");
  }

  @Test
  void repeatsAddUpWhatTheirRequestsProve() throws Exception {
    var bundle = new SampleBundle(folder, "8", 4).proving(100, false).repeat("colocated", 8, 1, 0.94)
        .repeat("colocated", 8, 2, 0.94).repeat("colocated", 8, 3, 0.94).repeat("colocated", 8, 4, 0.94).complete();

    assertThat(bundle.summaries()).allSatisfy(point -> assertThat(point.verdict()).isEqualTo(Verdict.UNDECIDED));
    assertThat(Reports.sentences(bundle)).first().asString().startsWith("colocated sustains at least 8 req/s");
  }

  @Test
  void shortPointsAreWarnedOfInOneSentence() throws Exception {
    var bundle = new SampleBundle(folder, "8, 16", 1).proving(400, false).point("colocated", 8, 1)
        .point("disaggregated", 16, 1).complete();

    assertThat(Reports.warnings(bundle))
        .containsExactly("2 of 2 points had fewer than 1,000 requests for each instance "
            + "(200 to 400): queues had little time to build, and longer points may show a lower highest rate.");
  }

  @Test
  void anIncompleteBundleSaysSoBeforeAnythingElse() throws Exception {
    var sample = new SampleBundle(folder, "8, 16", 1).point("colocated", 8, 1);

    assertThat(Reports.sentences(sample.running())).first().isEqualTo("This bundle is incomplete: its program was "
        + "killed or is still running. 1 of 4 points were finished.");
    var bundle = sample.incomplete("interrupted by ctrl-C");
    assertThat(Reports.sentences(bundle)).containsExactly(
        "This bundle is incomplete: interrupted by ctrl-C. 1 of 4 points were finished.",
        "colocated sustains at least 8 req/s (4 per GPU, highest measured)" + WITHIN + "; not measured at 16 req/s.",
        "disaggregated: not measured.");
  }

  @Test
  void theConsoleTableIsAlignedAndColourChangesNoWidth() throws Exception {
    var bundle = new SampleBundle(folder, "8, 16", 1).point("colocated", 8, 1).point("disaggregated", 16, 0.3, 12.5,
        0.04).complete();

    String plain = Reports.consoleTable(bundle, false);

    assertThat(plain).isEqualTo(
        """
          deployment     req/s  verdict  attainment           95 %  goodput  TTFT p50  TTFT p99  TPOT p50  TPOT p99  failed  remark
          -------------  -----  -------  ----------  -------------  -------  --------  --------  --------  --------  ------  ------
          colocated          8  PASS        100.0 %  [99.0, 100.0]        8    100 ms    400 ms     20 ms     80 ms       2
          disaggregated     16  FAIL         30.0 %   [25.7, 34.7]      4.8    12.5 s      50 s     40 ms    160 ms       2
          """);
    String colored = Reports.consoleTable(bundle, true);
    assertThat(colored).contains("\u001b[32mPASS\u001b[0m", "\u001b[31mFAIL\u001b[0m");
    assertThat(colored.replaceAll("\u001b\\[[0-9]+m", "").replaceAll(" +\n", "\n")).isEqualTo(plain);
  }
}
