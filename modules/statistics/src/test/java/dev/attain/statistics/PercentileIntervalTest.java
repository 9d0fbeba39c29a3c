package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attain.measurement.SampleSize;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentileIntervalTest {
  @Test
  void ranksAreThoseOfTheTables() {
    double[] sorted = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
    var median = PercentileInterval.of(sorted, 50, SampleSize.ofIndependent(100));
    // Published ranks of the median of 100 values at 95 %.
    assertThat(median.low()).hasValue(40);
    assertThat(median.high()).hasValue(61);
  }

  @Test
  void tooFewValuesLeaveAnEndOpen() {
    double[] sorted = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
    var tail = PercentileInterval.of(sorted, 99, SampleSize.ofIndependent(100));
    assertThat(tail.low()).isPresent();
    assertThat(tail.high()).isEmpty();
    assertThat(PercentileInterval.of(new double[0], 99).low()).isEmpty();
    assertThat(PercentileInterval.of(new double[]{1}, 50).high()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 50", "0, 99", "0.9, 50", "0.9, 90", "0.97, 90"})
  void intervalsCoverTheTruePercentileAboutNinetyFiveTimesOfAHundred(double correlation, double percentile) {
    double truth = new NormalDistribution().inverseCumulativeProbability(percentile / 100);
    long covered = IntStream.range(0, 400).filter(seed -> {
      var interval = PercentileInterval.of(Series.autoregressive(seed, 2000, correlation), percentile);
      return interval.low().orElse(Double.NEGATIVE_INFINITY) <= truth
          && truth <= interval.high().orElse(Double.POSITIVE_INFINITY);
    }).count();
    assertThat(covered / 400.0).isBetween(0.92, 1.0);
  }

  @Test
  void fewerIndependentValuesGiveWiderIntervals() {
    double[] sorted = IntStream.rangeClosed(1, 10_000).asDoubleStream().toArray();
    double width = 0;
    for (double independent : new double[]{10_000, 3000, 1000, 300, 100}) {
      var interval = PercentileInterval.of(sorted, 90, new SampleSize(10_000, independent));
      double now = interval.high().getAsDouble() - interval.low().getAsDouble();
      assertThat(now).isGreaterThan(width);
      width = now;
    }
  }

  @Test
  void theIntervalContainsThePercentileOfTheValuesHoweverFewAreIndependent() {
    double[] sorted = IntStream.rangeClosed(1, 1000).asDoubleStream().toArray();
    for (double independent = 1; independent <= 1000; independent *= 1.3) {
      for (double percentile : new double[]{1, 50, 90, 99}) {
        var interval = PercentileInterval.of(sorted, percentile, new SampleSize(1000, independent));
        assertThat(interval.low().orElse(0)).isLessThanOrEqualTo(percentile * 10);
        assertThat(interval.high().orElse(1001)).isGreaterThanOrEqualTo(percentile * 10);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 100, -1, 101, Double.NaN})
  void thereIsNoPercentileOutsideZeroToAHundred(double percentile) {
    assertThatIllegalArgumentException().isThrownBy(() -> PercentileInterval.of(new double[]{1}, percentile))
        .withMessageContaining("between 0 and 100");
  }
}
