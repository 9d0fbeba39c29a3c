package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstimateTest {
  @Test
  void theIntervalIsTheMiddleOfTheResamples() {
    double[] resampled = IntStream.rangeClosed(0, 1000).mapToDouble(it -> 1000 - it).toArray();

    assertThat(Estimate.of(500, resampled)).isEqualTo(new Estimate(500, 25, 975));
  }

  @Test
  void theFigureLiesInItsInterval() {
    assertThat(Estimate.of(9, new double[]{1, 2, 3})).isEqualTo(new Estimate(9, 1, 9));
  }

  @Test
  void ratiosOfNothingToNothingAreLeftOut() {
    assertThat(Estimate.of(1, new double[]{Double.NaN, 1, 2, Double.NaN})).isEqualTo(new Estimate(1, 1, 2));
    assertThat(Estimate.of(Double.NaN, new double[]{Double.NaN}).contains(1e300)).isTrue();
  }
}
