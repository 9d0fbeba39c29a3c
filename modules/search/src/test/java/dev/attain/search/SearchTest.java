package dev.attain.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attain.measurement.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static final Question QUESTION = new Question(Scale.RATES, 8, 1, 128, 0.05, 1000, 4, 0.9);

  private static World world(double crossing, long seed) {
    return new World(QUESTION, Budget.unlimited(), seed, World.slope(crossing));
  }

  private static Segment segment(double load, int repeat, double share) {
    return new Segment(load, repeat, share, 1000, 1000, false, Optional.empty(), 1000 / load);
  }

  private static Segment unbelieved(double load, int repeat) {
    return new Segment(load, repeat, 0, 1000, 1, false, Optional.of("the generator was late"), 1000 / load);
  }

  private static Finding done(Step step) {
    assertThat(step).isInstanceOf(Step.Done.class);
    return ((Step.Done) step).finding();
  }

  @Test
  void aKneeIsBracketedWithinTheResolutionFromAnyStart() {
    var random = new Random(3);
    for (int round = 0; round < 100; round++) {
      double start = Math.exp(random.nextDouble() * 5);
      double knee = 1.1 * Math.exp(random.nextDouble() * 4.7);
      var question = new Question(Scale.RATES, start, 1, 200, 0.05, 1000, 4, 0.9);
      Finding found = new World(question, Budget.unlimited(), round, World.knee(knee)).find();

      assertThat(found.end()).isEqualTo(new End.Completed());
      Answer.At at = (Answer.At) found.answer();
      assertThat(at.load()).isCloseTo(knee, within(0.05 * knee));
      assertThat(at.low()).isLessThanOrEqualTo(knee);
      assertThat(at.high()).isGreaterThanOrEqualTo(knee);
    }
  }

  @Test
  void aSlopeWithNoiseIsFoundWithinTheResolutionAndItsIntervalCoversTheTruth() {
    List<Answer.At> answers = IntStream.range(0, 200)
        .mapToObj(seed -> (Answer.At) world(20, seed).find().answer()).toList();

    assertThat(answers.stream().filter(at -> Math.abs(at.load() / 20 - 1) < 0.05).count())
        .isGreaterThanOrEqualTo(190);
    assertThat(answers.stream().filter(at -> at.low() <= 20 && 20 <= at.high()).count())
        .as("95 %% of 200, less three standard errors").isGreaterThanOrEqualTo(181);
    assertThat(answers).allSatisfy(at -> assertThat(at.high() / at.low()).isLessThan(1.25));
  }

  @Test
  void everySearchKeepsToItsLimitsAndItsCost() {
    var random = new Random(11);
    for (int round = 0; round < 100; round++) {
      double lowest = Math.exp(random.nextDouble() * 3);
      double start = lowest * (1 + random.nextDouble() * 20);
      double highest = start * (1 + random.nextDouble() * 20);
      var scale = random.nextBoolean() ? Scale.RATES : Scale.USERS;
      var question = new Question(scale, start, lowest, highest, 0.01 + random.nextDouble() / 5, 200,
          1 + random.nextInt(4), 0.9);
      var world = new World(question, Budget.unlimited(), round, World.slope(Math.exp(random.nextDouble() * 7)));
      Finding found = world.find();

      Cost cost = Cost.of(question);
      assertThat(found.probes()).as("%s", question).hasSizeLessThanOrEqualTo(cost.probes());
      assertThat(found.requests()).isLessThanOrEqualTo(cost.requests());
      cost.seconds().ifPresent(most -> assertThat(found.seconds()).isLessThanOrEqualTo(most * 1.001));
      assertThat(found.probes()).allSatisfy(probe -> assertThat(probe.load())
          .isBetween(question.lowest(), question.highest()));
      assertThat(found.probes()).allSatisfy(probe -> assertThat(probe.segments())
          .hasSizeLessThanOrEqualTo(question.segments()));
    }
  }

  @Test
  void loadsThatHoldLieBelowThoseThatMissAndTheAnswerBetween() {
    for (int seed = 0; seed < 100; seed++) {
      // So few requests that the noise is larger than the slope.
      var question = new Question(Scale.RATES, 8, 1, 128, 0.02, 60, 1, 0.9);
      Finding found = new World(question, Budget.unlimited(), seed, World.slope(20)).find();

      if (found.answer() instanceof Answer.At at) {
        assertThat(at.load()).isBetween(found.bracket().holds().getAsDouble(), found.bracket().misses().getAsDouble());
        assertThat(at.low()).isLessThanOrEqualTo(found.bracket().holds().getAsDouble());
        assertThat(at.high()).isGreaterThanOrEqualTo(found.bracket().misses().getAsDouble());
      }
    }
  }

  @Test
  void aHistoryThatWasCutOffAnywhereGoesOnAsItWouldHave() {
    var whole = world(20, 5);
    Finding found = whole.find();

    for (int cut = 0; cut < whole.history.size(); cut++) {
      Step.Measure next = (Step.Measure) whole.search().next(whole.history.subList(0, cut));
      assertThat(next.load()).isEqualTo(whole.history.get(cut).load());
      assertThat(next.repeat()).isEqualTo(whole.history.get(cut).repeat());
    }
    assertThat(done(new Search(QUESTION, Budget.unlimited()).next(whole.history))).isEqualTo(found);
  }

  @Test
  void nothingIsExtrapolatedBeyondTheLimits() {
    assertThat(world(0.3, 1).find().answer()).isEqualTo(new Answer.BelowLowest(1));
    assertThat(world(900, 1).find().answer()).isEqualTo(new Answer.AboveHighest(128));
  }

  @Test
  void whatIsFarFromTheTargetTakesOneSegmentAndWhatIsCloseTakesMore() {
    Finding found = world(20, 7).find();

    assertThat(found.probes().getFirst().segments()).as("8 of 20").hasSize(1);
    assertThat(found.probes().getFirst().verdict()).isEqualTo(Verdict.PASS);
    assertThat(found.probes()).anySatisfy(probe -> assertThat(probe.segments()).hasSize(4));
    assertThat(found.probes()).filteredOn(probe -> probe.verdict() == Verdict.UNDECIDED)
        .hasSize((int) found.undecided()).allSatisfy(probe -> assertThat(probe.segments()).hasSize(4));
  }

  @Test
  void segmentsOfAProbeAreCountedAndTheirRequestsAddUp() {
    var search = new Search(QUESTION, Budget.unlimited());

    assertThat(search.next(List.of())).isEqualTo(new Step.Measure(8, 1, false));
    assertThat(search.next(List.of(segment(8, 1, 0.91)))).isEqualTo(new Step.Measure(8, 2, true));
    var three = List.of(segment(8, 1, 0.91), segment(8, 2, 0.92), segment(8, 3, 0.96));
    assertThat(search.next(three)).as("0.93 of 3000 passes").isEqualTo(new Step.Measure(16, 1, false));
  }

  @Test
  void overloadBelowTheTargetFailsAtOnceAndAboveItNeverPasses() {
    var search = new Search(QUESTION, Budget.unlimited());
    var below = new Segment(8, 1, 0.895, 1000, 1000, true, Optional.empty(), 125);
    var above = new Segment(8, 1, 0.99, 1000, 1000, true, Optional.empty(), 125);

    assertThat(search.next(List.of(below))).isEqualTo(new Step.Measure(4, 1, false));
    assertThat(search.next(List.of(above))).isEqualTo(new Step.Measure(8, 2, true));
  }

  @Test
  void aSegmentThatCannotBeBelievedIsMeasuredOnceMore() {
    var search = new Search(QUESTION, Budget.unlimited());

    assertThat(search.next(List.of(unbelieved(8, 1)))).isEqualTo(new Step.Measure(8, 2, true));
    assertThat(search.next(List.of(unbelieved(8, 1), segment(8, 2, 1)))).isEqualTo(new Step.Measure(16, 1, false));
    Finding found = done(search.next(List.of(segment(8, 1, 1), unbelieved(16, 1), unbelieved(16, 2))));
    assertThat(found.end()).isEqualTo(new End.Unbelievable("the generator was late"));
    assertThat(found.answer()).isEqualTo(new Answer.AtLeast(8));
    assertThat(found.probes().getLast().verdict()).isEqualTo(Verdict.INVALID);
  }

  @Test
  void aBudgetEndsTheSearchBeforeItIsOverdrawn() {
    var requests = new Budget(OptionalLong.of(2500), OptionalDouble.empty());
    var time = new Budget(OptionalLong.empty(), OptionalDouble.of(200));
    var two = List.of(segment(8, 1, 1), segment(16, 1, 1));

    Finding found = done(new Search(QUESTION, requests).next(two));
    assertThat(found.end()).isEqualTo(new End.OutOfBudget());
    assertThat(found.answer()).isEqualTo(new Answer.AtLeast(16));
    assertThat(found.requests()).isEqualTo(2000);
    assertThat(new Search(QUESTION, time).next(two.subList(0, 1))).as("125 s spent, 62.5 s needed")
        .isInstanceOf(Step.Measure.class);
    assertThat(done(new Search(QUESTION, time).next(two)).end()).isEqualTo(new End.OutOfBudget());
    assertThat(done(new Search(QUESTION, new Budget(OptionalLong.of(10), OptionalDouble.empty())).next(List.of()))
        .answer()).isEqualTo(new Answer.Unknown());
  }

  @Test
  void whatIsKnownOnceBothSidesAreIsAnAnswerEvenOutOfBudget() {
    var budget = new Budget(OptionalLong.of(2000), OptionalDouble.empty());
    Finding found = done(new Search(QUESTION, budget).next(List.of(segment(8, 1, 1), segment(16, 1, 0.5))));

    Answer.At at = (Answer.At) found.answer();
    assertThat(at.load()).isCloseTo(9.6, within(0.001));
    assertThat(at.low()).isEqualTo(8);
    assertThat(at.high()).isEqualTo(16);
  }

  @Test
  void usersAreWholeNumbersDownToOneAndNextToEachOther() {
    for (int truth = 1; truth < 70; truth++) {
      var question = new Question(Scale.USERS, 3, 1, 64, 0.05, 500, 4, 0.9);
      Finding found = new World(question, Budget.unlimited(), truth, World.knee(truth)).find();

      assertThat(found.probes()).allSatisfy(probe -> assertThat(probe.load()).isEqualTo(Math.rint(probe.load())));
      if (truth < 64) {
        assertThat(found.bracket().holds()).hasValue(Math.min(truth, found.bracket().holds().getAsDouble()));
        assertThat(found.bracket().misses().getAsDouble()).isGreaterThan(truth)
            .isLessThanOrEqualTo(found.bracket().holds().getAsDouble() + Math.max(1, 0.05 * truth));
      } else {
        assertThat(found.answer()).isEqualTo(new Answer.AboveHighest(64));
      }
    }
  }

  @Test
  void aStoppedSearchSaysWhatItKnows() {
    var history = new ArrayList<>(List.of(segment(8, 1, 0.5)));
    Finding found = new Search(QUESTION, Budget.unlimited()).ended(history, new End.Stopped("the engine died"));

    assertThat(found.answer()).isEqualTo(new Answer.Below(8));
    assertThat(found.end()).isEqualTo(new End.Stopped("the engine died"));
  }

  @Test
  void theCostIsTheClosedForm() {
    Cost cost = Cost.of(QUESTION);

    assertThat(cost.doublings()).as("log2(128 / 8)").isEqualTo(4);
    assertThat(cost.bisections()).as("2^(1/16) < 1.05").isEqualTo(4);
    assertThat(cost.probes()).isEqualTo(9);
    assertThat(cost.requests()).isEqualTo(9 * 4 * 1000);
    assertThat(cost.seconds()).as("8, 4, 2, 1 and four times just above 1, four segments each")
        .hasValue(4 * (1000 / 8.0 + 1000 / 4.0 + 1000 / 2.0 + 1000 + 4 * 1000));
  }
}
