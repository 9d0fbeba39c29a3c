package dev.attain.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final Offset<Double> TINY = Offset.offset(1e-9);
  /** Ten values up to 1 s, ten from 1 to 3 s. */
  private static final LatencyHistogram EVEN = new LatencyHistogram(Map.of(1.0, 10.0, 3.0, 20.0, INFINITE, 20.0), 30);

  @Test
  void quantilesAreInterpolatedWithinTheirBucket() {
    assertThat(EVEN.quantile(0.25)).isCloseTo(0.5, TINY);
    assertThat(EVEN.quantile(0.5)).isCloseTo(1, TINY);
    assertThat(EVEN.quantile(0.9)).isCloseTo(2.6, TINY);
    assertThat(EVEN.mean()).isEqualTo(1.5);
  }

  @Test
  void beyondTheLastFiniteBoundNothingIsInvented() {
    assertThat(new LatencyHistogram(Map.of(0.3, 1.0, INFINITE, 100.0), 900).quantile(0.9)).isEqualTo(0.3);
  }

  @Test
  void aMeanFarBelowTheFirstBoundKeepsQuantilesDown() {
    LatencyHistogram queue = new LatencyHistogram(Map.of(0.3, 100.0, INFINITE, 100.0), 0.002);
    assertThat(queue.quantile(0.5)).isCloseTo(0.000_04, TINY);
    assertThat(queue.quantile(0.99)).isCloseTo(0.002, TINY);
    assertThat(queue.quantile(1)).isEqualTo(0.3);
  }

  @Test
  void emptyHistogramsAreZero() {
    LatencyHistogram none = EVEN.since(EVEN).orElseThrow();
    assertThat(none.count()).isZero();
    assertThat(none.mean()).isZero();
    assertThat(none.quantile(0.5)).isZero();
  }

  @Test
  void emptyLowBucketsShiftTheLowerEnd() {
    LatencyHistogram high = new LatencyHistogram(Map.of(1.0, 0.0, 2.0, 4.0, INFINITE, 4.0), 6);
    assertThat(high.quantile(0.5)).isCloseTo(1.5, TINY);
  }

  @Test
  void aPointsValuesAreTheDifferenceAndInstancesAddUp() {
    LatencyHistogram later = new LatencyHistogram(Map.of(1.0, 12.0, 3.0, 24.0, INFINITE, 25.0), 50);
    LatencyHistogram point = later.since(EVEN).orElseThrow();
    assertThat(point.cumulative()).containsEntry(1.0, 2.0).containsEntry(3.0, 4.0).containsEntry(INFINITE, 5.0);
    assertThat(point.plus(EVEN)).contains(later);
  }

  @Test
  void countsThatWentBackOrOtherBoundsHaveNoDifference() {
    assertThat(EVEN.since(new LatencyHistogram(Map.of(1.0, 11.0, 3.0, 20.0, INFINITE, 20.0), 30))).isEmpty();
    assertThat(EVEN.plus(new LatencyHistogram(Map.of(2.0, 1.0, INFINITE, 1.0), 1))).isEmpty();
  }

  @Test
  void bucketsOfSeveralCoresAddUp() {
    ServerMetrics page = ServerMetrics.parse("""
      h_bucket{engine="0",le="0.5"} 1.0
      h_bucket{engine="1",le="0.5"} 2.0
      h_bucket{engine="0",le="+Inf"} 4.0
      h_bucket{engine="1",le="+Inf"} 5.0
      h_sum{engine="0"} 1.5
      h_sum{engine="1"} 2.5
      """);
    assertThat(LatencyHistogram.of(page, "h"))
        .isEqualTo(new LatencyHistogram(Map.of(0.5, 3.0, INFINITE, 9.0), 4));
  }
}
