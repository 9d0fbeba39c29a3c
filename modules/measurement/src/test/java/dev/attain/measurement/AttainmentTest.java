package dev.attain.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttainmentTest {
  private static final Offset<Double> ROUNDING = within(0.0005);

  // Published values: Wilson 95 % intervals of a share of 90 %.
  @ParameterizedTest
  @CsvSource({"90, 100, 0.826, 0.945", "270, 300, 0.861, 0.929", "900, 1000, 0.880, 0.917"})
  void wilsonIntervalsHaveTheirPublishedValues(long successes, long trials, double low, double high) {
    Interval interval = Interval.wilson(successes, trials, 1.96);
    assertThat(interval.low()).isCloseTo(low, ROUNDING);
    assertThat(interval.high()).isCloseTo(high, ROUNDING);
  }

  // Published values: the fewest requests at a share above 90 % whose lower bound is at 90 %.
  @ParameterizedTest
  @CsvSource({"0.92, 861", "0.93, 384", "0.95, 139"})
  void theLowerBoundReachesTheTargetAtThePublishedNumberOfRequests(double share, long trials) {
    long successes = (long) Math.ceil(share * trials);
    assertThat(Interval.wilson(successes, trials, 1.96).low()).isBetween(0.9, 0.91);
  }

  @Test
  void wilsonIntervalsStayWithinZeroAndOneAndContainTheShare() {
    Random random = new Random(3);
    for (int round = 0; round < 10_000; round++) {
      long trials = 1L + random.nextInt(2000);
      long successes = random.nextInt((int) trials + 1);
      Interval interval = Interval.wilson(successes, trials, 1.96);
      Interval mirrored = Interval.wilson(trials - successes, trials, 1.96);

      assertThat(interval.low()).isBetween(0.0, (double) successes / trials);
      assertThat(interval.high()).isBetween((double) successes / trials, 1.0);
      assertThat(interval.low()).isCloseTo(1 - mirrored.high(), within(1e-12));
    }
  }

  @Test
  void withoutTrialsNothingIsKnown() {
    assertThat(Interval.wilson(0, 0, 1.96)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void impossibleTrialsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Interval.wilson(2, 1, 1.96));
    assertThatIllegalArgumentException().isThrownBy(() -> Interval.wilson(-1, 1, 1.96));
    assertThatIllegalArgumentException().isThrownBy(() -> Interval.wilson(1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Interval.wilson(1, 1, Double.NaN));
  }

  @Test
  void sharesAreOfAllPlannedRequestsSoThatFailedOnesAreMisses() {
    Attainment attainment = Attainment.of(new Counts(1000, 950, 920, 20, 10, 30, 20, 910, 905, 900, 0, 0, 0), 0.9);

    assertThat(attainment.both()).isEqualTo(0.9);
    assertThat(attainment.ttft()).isEqualTo(0.91);
    assertThat(attainment.tpot()).isEqualTo(0.905);
    assertThat(attainment.low()).isCloseTo(0.880, ROUNDING);
    assertThat(attainment.high()).isCloseTo(0.917, ROUNDING);
    assertThat(attainment.target()).isEqualTo(0.9);
  }

  @Test
  void withoutPlannedRequestsNothingIsAttainedAndNothingIsKnown() {
    assertThat(Attainment.of(Counts.none(), 0.9)).isEqualTo(new Attainment(0, 0, 0, 0, 1, 0.9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.01, 90, Double.NaN})
  void aTargetThatIsNoShareIsRefused(double target) {
    assertThatIllegalArgumentException().isThrownBy(() -> Attainment.of(Counts.none(), target))
        .withMessageContaining("target");
  }
}
