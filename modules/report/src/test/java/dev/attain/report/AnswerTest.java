package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.results.Contender;
import dev.attain.results.DeploymentFacts;
import dev.attain.statistics.AttainmentCurve.Sample;
import dev.attain.statistics.JointShares;
import dev.attain.statistics.MaxLoad;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final double TARGET = 0.9;

  /** All requests meet the objectives at 4 requests per second; of so many independent ones the share at the other rate does. */
  private static Side side(String label, int number, double rate, double share, int requests) {
    var facts = new DeploymentFacts(label, "external", 0, "", 1, 0, 0, 0, 0, 0, "");
    return new Side(new Contender(label, Path.of(label), facts, Map.of(), Optional.empty(), List.of(), List.of()),
        label, 1,
        new TreeMap<>(),
        MaxLoad.of(List.of(load(number, 4, 1, requests), load(number, rate, share, requests)), TARGET));
  }

  private static MaxLoad.Load load(int number, double rate, double share, int requests) {
    return new MaxLoad.Load(new Sample(rate, share, requests), JointShares.of(share, requests, number));
  }

  private static String answer(Side one, Side base) {
    return new Answer(one, base, "req/s", TARGET).sentence();
  }

  @Test
  void aBoundIsWhatTheIntervalProvesAndNotWhatWasMeasured() {
    Side above = side("above", 0, 10, 0.92, 500);
    Side base = side("base", 1, 8, 0.5, 500);

    assertThat(10 / 4.8).as("what was measured").isGreaterThan(2.08);
    assertThat(answer(above, base))
        .isEqualTo("Above sustains at least 10 [9.57, above the highest] req/s (highest measured)"
            + " at 90 %, base 4.8 [4.69, 4.88]: at least 2.00x.");
    assertThat(answer(base, above)).endsWith(": at most 0.50x.");
  }

  @Test
  void whatIsCertainNeedsNoInterval() {
    assertThat(answer(side("above", 0, 10, 1, 5000), side("base", 1, 8, 0.1, 5000)))
        .startsWith("Above sustains at least 10 req/s (highest measured)");
  }

  @Test
  void boundsThatChanceMayHaveMadeTellNothing() {
    assertThat(answer(side("above", 0, 10, 0.905, 100), side("base", 1, 10, 0.895, 100)))
        .endsWith(": the measured rates do not tell which is more.");
  }
}
