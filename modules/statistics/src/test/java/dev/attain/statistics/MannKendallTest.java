package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MannKendallTest {
  @Test
  void aKnownExampleHasItsKnownScoreAndProbability() {
    // Three of 45 pairs fall: a score of 39, variance 125, z = 38 / sqrt(125).
    MannKendall test = MannKendall.of(new double[]{1, 2, 3, 5, 4, 7, 6, 8, 10, 9.5});
    assertThat(test.score()).isEqualTo(45 - 2 * 3);
    assertThat(test.probability()).isCloseTo(0.000676, within(1e-5));
    assertThat(test.rises()).isTrue();
  }

  @Test
  void theMirroredSeriesFallsAsMuch() {
    double[] values = Series.autoregressive(9, 50, 0.3);
    double[] mirrored = IntStream.range(0, 50).mapToDouble(index -> values[49 - index]).toArray();
    MannKendall one = MannKendall.of(values);
    MannKendall other = MannKendall.of(mirrored);
    assertThat(other.score()).isEqualTo(-one.score());
    assertThat(other.probability()).isEqualTo(one.probability());
  }

  @Test
  void equalValuesHaveNoTrend() {
    assertThat(MannKendall.of(new double[30])).isEqualTo(new MannKendall(0, 1));
  }

  @Test
  void tiesMakeTheVarianceSmaller() {
    // Groups of 2 and 3 ties among 8 values: variance (8*7*21 - 2*1*9 - 3*2*11) / 18 = 60.67, score 24.
    MannKendall test = MannKendall.of(new double[]{1, 2, 2, 3, 4, 4, 4, 5});
    assertThat(test.score()).isEqualTo(24);
    assertThat(test.probability()).isCloseTo(0.00315, within(1e-4));
  }

  @Test
  void independentValuesRaiseOneAlarmInAHundred() {
    long alarms = IntStream.range(0, 2000).mapToObj(seed -> MannKendall.of(Series.autoregressive(seed, 20, 0)))
        .filter(test -> test.rises() || test.falls()).count();
    assertThat(alarms).isBetween(5L, 40L);
  }
}
