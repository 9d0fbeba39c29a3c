package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attain.measurement.Interval;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JointSharesTest {
  @Test
  void ninetyFiveOfAHundredDrawsLieWithinTheInterval() {
    double[] draws = JointShares.of(0.9, 400, 1);
    Interval interval = Interval.ofShare(0.9, 400, Interval.Z_95);

    assertThat(Arrays.stream(draws).filter(it -> interval.low() <= it && it <= interval.high()).count()
        / (double) draws.length).isCloseTo(0.95, within(0.02));
    assertThat(JointShares.of(0.9, 400, 1)).isEqualTo(draws);
  }

  @Test
  void allSharesAreBetterOrWorseTogether() {
    double[] one = JointShares.of(0.9, 400, 1);
    double[] other = JointShares.of(0.7, 900, 1);

    assertThat(one).hasSameSizeAs(other);
    assertThat(IntStream.range(0, one.length).allMatch(it -> one[it] > 0.9 == other[it] > 0.7)).isTrue();
  }

  @Test
  void sidesAreBetterOrWorseIndependentlyAndEachHasTheSameInterval() {
    double[] one = JointShares.of(0.9, 400, 1);
    double[] other = JointShares.of(0.9, 400, 2);

    assertThat(IntStream.range(0, one.length).filter(it -> one[it] > 0.9 == other[it] > 0.9).count()
        / (double) one.length).isCloseTo(0.5, within(0.05));
    assertThat(Arrays.stream(one).sorted().toArray()).isEqualTo(Arrays.stream(other).sorted().toArray());
  }

  @Test
  void evenThatAllMetIsNotCertain() {
    assertThat(Arrays.stream(JointShares.of(1, 20, 1)).min().orElseThrow()).isBetween(0.3, 0.85);
    assertThat(Arrays.stream(JointShares.of(0, 0, 1)).boxed()).as("nothing was measured")
        .allSatisfy(it -> assertThat(it).isBetween(0.0, 1.0));
  }
}
