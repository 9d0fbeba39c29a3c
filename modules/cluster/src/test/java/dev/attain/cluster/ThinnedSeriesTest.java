package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThinnedSeriesTest {
  private final ThinnedSeries<Integer> series = new ThinnedSeries<>(8);

  private void offer(int count) {
    for (int k = 0; k < count; k++) {
      series.add(k);
    }
  }

  @Test
  void aShortSeriesKeepsEverything() {
    offer(8);
    assertThat(series.values()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void aLongOneStaysEvenlySpacedFromItsFirstToItsLast() {
    offer(40);
    series.addLast(41);
    assertThat(series.values()).containsExactly(0, 8, 16, 24, 32, 41);
  }

  @Test
  void itNeverGrowsBeyondItsLimit() {
    offer(100_000);
    assertThat(series.values().size()).isLessThanOrEqualTo(8);
  }
}
