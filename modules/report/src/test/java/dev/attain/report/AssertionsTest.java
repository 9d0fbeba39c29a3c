package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Assertion;
import dev.attain.experiment.Assertion.Quantity;
import dev.attain.experiment.Assertion.Relation;
import dev.attain.measurement.Verdict;
import dev.attain.results.AssertionFacts;
import dev.attain.results.AssertionFacts.Outcome;
import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.FoundLoad;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssertionsTest {
  @TempDir
  Path folder;

  private static AssertionFacts check(Bundle bundle, Quantity quantity, Optional<Double> level, Relation relation,
      double bound) throws BundleException {
    return Reports
        .assertions(bundle, List.of(new Assertion("as written", "colocated", quantity, level, relation, bound)))
        .getFirst();
  }

  private Bundle sweep() throws Exception {
    return new SampleBundle(folder, "8, 16, 24", 1).point("colocated", 8, 1).point("colocated", 16, 0.95)
        .point("colocated", 24, 0.7).complete();
  }

  @Test
  void theHighestRateLiesBetweenTheLastPassAndTheFirstMiss() throws Exception {
    Bundle bundle = sweep();

    assertThat(check(bundle, Quantity.MAX_RATE, Optional.empty(), Relation.AT_LEAST, 16)).isEqualTo(
        new AssertionFacts("as written", Outcome.HOLDS, "at least 16 req/s and less than 24 req/s"));
    assertThat(check(bundle, Quantity.MAX_RATE, Optional.empty(), Relation.AT_LEAST, 20).outcome())
        .isEqualTo(Outcome.UNDECIDED);
    assertThat(check(bundle, Quantity.MAX_RATE, Optional.empty(), Relation.AT_LEAST, 24).outcome())
        .isEqualTo(Outcome.FAILS);
    assertThat(check(bundle, Quantity.MAX_RATE, Optional.empty(), Relation.AT_MOST, 24).outcome())
        .isEqualTo(Outcome.HOLDS);
    assertThat(check(bundle, Quantity.MAX_RATE_PER_GPU, Optional.empty(), Relation.AT_LEAST, 8)).isEqualTo(
        new AssertionFacts("as written", Outcome.HOLDS,
            "at least 8 req/s per GPU and less than 12 req/s per GPU"));
  }

  @Test
  void aShareIsJudgedByItsInterval() throws Exception {
    Bundle bundle = sweep();

    assertThat(check(bundle, Quantity.ATTAINMENT, Optional.of(16.0), Relation.AT_LEAST, 0.9)).isEqualTo(
        new AssertionFacts("as written", Outcome.HOLDS, "95.0 % [92.4 %, 96.7 %]"));
    assertThat(check(bundle, Quantity.ATTAINMENT, Optional.of(16.0), Relation.AT_LEAST, 0.94).outcome())
        .isEqualTo(Outcome.UNDECIDED);
    assertThat(check(bundle, Quantity.ATTAINMENT, Optional.of(24.0), Relation.AT_LEAST, 0.9).outcome())
        .isEqualTo(Outcome.FAILS);
  }

  @Test
  void everyRepeatMustHold() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8", 2).repeat("colocated", 8, 1, 1).repeat("colocated", 8, 2, 0.5)
        .complete();
    double better = bundle.summaries().getFirst().goodput();

    assertThat(check(bundle, Quantity.GOODPUT, Optional.of(8.0), Relation.AT_LEAST, better).outcome())
        .isEqualTo(Outcome.FAILS);
    assertThat(check(bundle, Quantity.GOODPUT, Optional.of(8.0), Relation.AT_LEAST, better / 2).outcome())
        .isEqualTo(Outcome.HOLDS);
  }

  @Test
  void whatIsInvalidOrWasNotMeasuredProvesNothing() throws Exception {
    Bundle bundle = new SampleBundle(folder, "8, 16", 1).invalid("colocated", 8, 1, "send lag").complete();

    assertThat(check(bundle, Quantity.MAX_RATE, Optional.empty(), Relation.AT_LEAST, 1))
        .isEqualTo(new AssertionFacts("as written", Outcome.UNDECIDED, "INVALID"));
    assertThat(check(bundle, Quantity.ATTAINMENT, Optional.of(16.0), Relation.AT_LEAST, 0.9))
        .isEqualTo(new AssertionFacts("as written", Outcome.UNDECIDED, "not measured"));
  }

  private Bundle search(FoundLoad.Answer answer, Optional<Double> load, Optional<Double> low, Optional<Double> high,
      FoundLoad.Probe... probes) throws Exception {
    return new SampleBundle(folder, "8, 16", 1).found(new FoundLoad("colocated", 2, answer, load, low, high,
        Optional.empty(), Optional.of(8.0), Optional.of(8.0), FoundLoad.End.COMPLETED, "", 0, 0, 0, List.of(probes)))
        .complete();
  }

  private static FoundLoad.Probe probe(double load, Verdict verdict) {
    return new FoundLoad.Probe(load, verdict, 0.9, 0, 1, 100, List.of());
  }

  private static AssertionFacts max(Bundle bundle, Relation relation, double bound) throws Exception {
    return check(bundle, Quantity.MAX_RATE, Optional.empty(), relation, bound);
  }

  @Test
  void theAnswerOfASearchIsJudgedByItsInterval() throws Exception {
    Bundle bundle = search(FoundLoad.Answer.AT, Optional.of(12.0), Optional.of(10.0), Optional.of(15.0));

    assertThat(max(bundle, Relation.AT_LEAST, 10)).isEqualTo(
        new AssertionFacts("as written", Outcome.HOLDS, "12 req/s [10 req/s, 15 req/s]"));
    assertThat(max(bundle, Relation.AT_LEAST, 11).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(max(bundle, Relation.AT_LEAST, 15.1).outcome()).isEqualTo(Outcome.FAILS);
    assertThat(max(bundle, Relation.AT_MOST, 15).outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(check(bundle, Quantity.MAX_RATE_PER_GPU, Optional.empty(), Relation.AT_LEAST, 8)).isEqualTo(
        new AssertionFacts("as written", Outcome.FAILS,
            "6 req/s per GPU [5 req/s per GPU, 7.5 req/s per GPU]"));
  }

  @Test
  void anEndBeyondEverythingMeasuredProvesNothing() throws Exception {
    Bundle bundle = search(FoundLoad.Answer.AT, Optional.of(12.0), Optional.empty(), Optional.empty());

    assertThat(max(bundle, Relation.AT_LEAST, 1)).isEqualTo(
        new AssertionFacts("as written", Outcome.UNDECIDED, "12 req/s [0 req/s, unbounded]"));
    assertThat(max(bundle, Relation.AT_MOST, 1000).outcome()).isEqualTo(Outcome.UNDECIDED);
  }

  @Test
  void anAnswerThatIsOnlyABoundProvesWhatItsLoadsWereDecidedToBe() throws Exception {
    Bundle above = search(FoundLoad.Answer.ABOVE_HIGHEST, Optional.empty(), Optional.empty(), Optional.empty(),
        probe(8, Verdict.PASS), probe(16, Verdict.UNDECIDED));
    assertThat(max(above, Relation.AT_LEAST, 8)).isEqualTo(
        new AssertionFacts("as written", Outcome.HOLDS, "at least 8 req/s"));
    assertThat(max(above, Relation.AT_LEAST, 16).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(max(above, Relation.AT_MOST, 7).outcome()).isEqualTo(Outcome.FAILS);
  }

  @Test
  void aSearchThatStaysBelowFailsWhatAsksForMore() throws Exception {
    Bundle below = search(FoundLoad.Answer.BELOW, Optional.empty(), Optional.empty(), Optional.empty(),
        probe(8, Verdict.FAIL));
    assertThat(max(below, Relation.AT_LEAST, 8)).isEqualTo(
        new AssertionFacts("as written", Outcome.FAILS, "less than 8 req/s"));
    assertThat(max(below, Relation.AT_LEAST, 4).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(max(below, Relation.AT_MOST, 8).outcome()).isEqualTo(Outcome.HOLDS);
  }

  @Test
  void aSearchWithoutAnAnswerProvesNothing() throws Exception {
    Bundle unknown = search(FoundLoad.Answer.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(max(unknown, Relation.AT_LEAST, 1)).isEqualTo(
        new AssertionFacts("as written", Outcome.UNDECIDED, "not measured"));
    Bundle straddling = search(FoundLoad.Answer.AT_LEAST, Optional.empty(), Optional.empty(), Optional.empty(),
        probe(8, Verdict.UNDECIDED));
    assertThat(max(straddling, Relation.AT_LEAST, 1)).isEqualTo(
        new AssertionFacts("as written", Outcome.UNDECIDED, "no load was decided"));
  }
}
