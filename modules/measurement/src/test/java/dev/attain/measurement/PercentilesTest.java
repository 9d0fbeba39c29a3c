package dev.attain.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  private static final Offset<Double> ONE_PERMILLE = within(0.01);

  @Test
  void microsecondsBecomeSeconds() {
    Histogram histogram = HistogramLayout.SHARED.histogram();
    for (int hundredth = 1; hundredth <= 1000; hundredth++) {
      histogram.recordValue(hundredth * 10_000L);
    }

    Percentiles percentiles = Percentiles.ofMicros(histogram);

    assertThat(percentiles.count()).isEqualTo(1000);
    assertThat(percentiles.mean()).isCloseTo(5.005, ONE_PERMILLE);
    assertThat(percentiles.p50()).isCloseTo(5, ONE_PERMILLE);
    assertThat(percentiles.p90()).isCloseTo(9, ONE_PERMILLE);
    assertThat(percentiles.p95()).isCloseTo(9.5, ONE_PERMILLE);
    assertThat(percentiles.p99()).isCloseTo(9.9, ONE_PERMILLE);
    assertThat(percentiles.p999()).isCloseTo(9.99, ONE_PERMILLE);
    assertThat(percentiles.max()).isCloseTo(10, ONE_PERMILLE);
  }

  @Test
  void anEmptyDistributionIsAllZero() {
    assertThat(Percentiles.ofMicros(HistogramLayout.SHARED.histogram()))
        .isEqualTo(new Percentiles(0, 0, 0, 0, 0, 0, 0, 0));
  }
}
