package dev.attain.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Planning;
import dev.attain.planner.Trial.Shares;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;

class RateSearchTest {
  private static final RateGrid GRID = new RateGrid(0.02);
  private static final double TARGET = 0.9;

  private final Set<Integer> tried = new HashSet<>();

  private static Trial trial(boolean holds, int requests) {
    int met = holds ? requests : requests / 2;
    return new Trial(new Shares(requests, requests, met, requests, met),
        new Shares(requests / 2, requests / 2, met / 2, requests / 2, met / 2), 10, 10, new long[]{1_000_000},
        new long[]{1_000_000});
  }

  private RateSearch.Found search(double start, DoublePredicate holds) {
    tried.clear();
    return new RateSearch(GRID, TARGET, step -> {
      assertThat(tried.add(step)).as("every rate is tried once").isTrue();
      return trial(holds.test(GRID.rate(step)), 100);
    }).from(GRID.step(start), GRID.steps(2), true);
  }

  @Test
  void findsAnyKneeFromAnyStartWithinOneStepAndFewRuns() {
    var random = new Random(7);
    for (int round = 0; round < 500; round++) {
      double knee = Math.exp(random.nextDouble() * 14 - 4);
      double start = Math.exp(random.nextDouble() * 14 - 4);
      var found = search(start, rate -> rate <= knee);
      double rate = GRID.rate(found.step().orElseThrow());
      assertThat(rate).isLessThanOrEqualTo(knee).isGreaterThan(knee / 1.0201);
      assertThat(found.heldAbove()).isEmpty();
      assertThat(tried).hasSizeLessThan(40);
    }
  }

  @Test
  void ratesAboveOneThatMissesCountForNothingAndAreNamed() {
    var found = search(80, rate -> rate <= 45 || (rate >= 75 && rate <= 100));
    assertThat(GRID.rate(found.step().orElseThrow())).isBetween(44.0, 45.0);
    assertThat(GRID.rate(found.heldAbove().orElseThrow())).isBetween(98.0, 100.0);
  }

  @Test
  void whatMissesEverywhereHasNoRate() {
    var found = search(32, rate -> false);
    assertThat(found.step()).isEmpty();
    assertThat(found.above()).isPresent();
  }

  @Test
  void whatNeverMissesEndsAtTheHighestRate() {
    var found = search(32, rate -> true);
    assertThat(found.step()).hasValue(GRID.highest());
    assertThat(found.above()).isEmpty();
  }

  @Test
  void secondHalfThatMissesIsAMissHoweverGoodTheFirstWas() {
    var filling = new Trial(new Shares(100, 100, 95, 100, 95), new Shares(50, 50, 44, 50, 44), 5, 9, new long[0],
        new long[0]);
    assertThat(filling.holds(TARGET)).isFalse();
  }

  @Test
  void everySeedHasItsOwnKneeAndTheBindingObjectiveIsTheOneThatMissesAbove() {
    double[] knees = {100, 104, 96};
    var result = new DeploymentSearch(new Planning.Search(400, 3, 0.02), TARGET,
        (seed, rate, requests) -> trial(rate <= knees[seed], requests)).search(8);
    assertThat(result.rates()).hasSize(3);
    for (int seed = 0; seed < 3; seed++) {
      assertThat(result.rates().get(seed)).isBetween(knees[seed] / 1.0201, knees[seed]);
    }
    assertThat(result.binding()).isEqualTo("TTFT");
    assertThat(result.notes()).isEmpty();
  }

  @Test
  void growingQueueAndDipsAreNoted() {
    var growing = new Trial(new Shares(100, 99, 100, 95, 95), new Shares(50, 50, 50, 50, 50), 40, 90, new long[]{1},
        new long[]{1});
    var result = new DeploymentSearch(new Planning.Search(400, 2, 0.02), TARGET,
        (seed, rate, requests) -> rate <= 20 || (rate > 30 && rate < 60) ? growing : trial(false, requests)).search(10);
    assertThat(result.notes()).anyMatch(note -> note.startsWith("attainment is not monotone"))
        .anyMatch(note -> note.startsWith("requests in flight grow from 40 to 90"))
        .anyMatch(note -> note.startsWith("2 requests never complete"));
    assertThat(result.rates()).allMatch(rate -> rate <= 20);
  }

  @Test
  void intervalIsStudentsAndReachesOneStepUp() {
    var estimate = Student.estimate(List.of(9.0, 10.0, 11.0), 0.02);
    assertThat(estimate.mean()).isEqualTo(10);
    assertThat(estimate.low()).isCloseTo(10 - 4.3027 / Math.sqrt(3), org.assertj.core.data.Offset.offset(1e-9));
    assertThat(estimate.high()).isCloseTo(10.2 + 4.3027 / Math.sqrt(3), org.assertj.core.data.Offset.offset(1e-9));
  }
}
