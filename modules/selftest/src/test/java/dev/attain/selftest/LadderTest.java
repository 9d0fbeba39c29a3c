package dev.attain.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class LadderTest {
  private static final List<Double> RATES = List.of(10.0, 20.0, 40.0, 80.0, 160.0);

  private final List<Double> offered = new ArrayList<>();

  private static boolean good(Rung rung) {
    return rung.trusted(SelfTestPlan.STREAMS);
  }

  private List<Rung> climb(DoubleFunction<Rung> client) throws Exception {
    return climb(client, () -> true);
  }

  private List<Rung> climb(DoubleFunction<Rung> client, BooleanSupplier timeToSpare) throws Exception {
    return new Ladder(rate -> {
      offered.add(rate);
      return client.apply(rate);
    }, LadderTest::good, timeToSpare).climb(RATES);
  }

  @Test
  void goesToTheTopWhenAllIsGood() throws Exception {
    assertThat(climb(Rungs::good)).extracting(Rung::requestsPerSecond).containsExactlyElementsOf(RATES);
    assertThat(offered).containsExactlyElementsOf(RATES);
  }

  @Test
  void stopsAfterTwoLoadsThatAreNoGoodAndLooksBetween() throws Exception {
    List<Rung> rungs = climb(rate -> rate > 30 ? Rungs.invalid(rate) : Rungs.good(rate));

    assertThat(rungs).extracting(rung -> Math.round(rung.requestsPerSecond())).containsExactly(10L, 20L, 28L, 40L, 80L);
    assertThat(Ladder.highest(rungs, LadderTest::good)).hasValueCloseTo(28.3, org.assertj.core.data.Offset.offset(0.1));
    assertThat(Ladder.firstBeyond(rungs, LadderTest::good)).hasValueSatisfying(
        rung -> assertThat(rung.requestsPerSecond()).isEqualTo(40));
  }

  @Test
  void aLoadThatIsNoGoodGetsASecondGoAndTheBetterOneCounts() throws Exception {
    List<Rung> rungs = climb(
        rate -> rate == 40 && offered.stream().filter(earlier -> earlier == 40).count() == 1
            ? Rungs.wrong(rate)
            : Rungs.good(rate));

    assertThat(offered).containsExactly(10.0, 20.0, 40.0, 40.0, 80.0, 160.0);
    assertThat(rungs).hasSize(5).allMatch(LadderTest::good);
  }

  @Test
  void nothingHigherIsTriedOnceTheClientHasCollapsedTwiceAtALoad() throws Exception {
    climb(rate -> rate >= 40 ? Rungs.collapsed(rate) : Rungs.good(rate));

    assertThat(offered.subList(0, 4)).containsExactly(10.0, 20.0, 40.0, 40.0);
    assertThat(offered).as("one look between 20 and 40").hasSize(5);
  }

  @Test
  void withoutTimeToSpareEachLoadIsTriedOnce() throws Exception {
    climb(rate -> rate > 30 ? Rungs.invalid(rate) : Rungs.good(rate), () -> offered.size() < 2);

    assertThat(offered).containsExactly(10.0, 20.0, 40.0, 80.0);
  }

  @Test
  void oneCollapseMayHaveBeenSomebodyElsesDoing() throws Exception {
    climb(rate -> rate == 10 && offered.size() == 1 ? Rungs.collapsed(rate) : Rungs.good(rate));

    assertThat(offered).containsExactly(10.0, 10.0, 20.0, 40.0, 80.0, 160.0);
  }

  @Test
  void nothingIsTrustedWhereNothingWasGood() throws Exception {
    List<Rung> rungs = climb(Rungs::wrong);

    assertThat(rungs).as("errors alone may be somebody else's doing").hasSize(5);
    assertThat(offered).as("three second goes").hasSize(8);
    assertThat(Ladder.highest(rungs, LadderTest::good)).isEmpty();
    assertThat(Ladder.firstBeyond(rungs, LadderTest::good)).contains(rungs.getFirst());
  }

  @Test
  void aDisturbedLoadBelowAGoodOneDoesNotCount() throws Exception {
    List<Rung> rungs = climb(rate -> rate == 10 ? Rungs.wrong(rate) : Rungs.good(rate));

    assertThat(Ladder.highest(rungs, LadderTest::good)).hasValue(160);
    assertThat(Ladder.firstBeyond(rungs, LadderTest::good)).isEmpty();
  }
}
