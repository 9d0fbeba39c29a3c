package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Assertion;
import dev.attain.experiment.Assertion.Quantity;
import dev.attain.experiment.Assertion.Relation;
import dev.attain.results.AssertionFacts;
import dev.attain.results.AssertionFacts.Outcome;
import dev.attain.results.Bundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssertionsTest {
  @TempDir
  Path folder;

  private static AssertionFacts check(Bundle bundle, Quantity quantity, Optional<Double> level, Relation relation,
      double bound) {
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
}
