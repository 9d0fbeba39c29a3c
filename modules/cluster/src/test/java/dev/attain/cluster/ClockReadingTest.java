package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClockReadingTest {
  @Test
  void theTrueOffsetLiesWithinTheBoundHoweverUnevenTheTwoWaysAre() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 1_000; round++) {
      long offset = random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L);
      long there = random.nextLong(0, 50_000_000);
      long back = random.nextLong(0, 50_000_000);
      long sent = random.nextLong(0, 1_000_000_000_000L);
      ClockReading reading = ClockReading.ofRoundTrip(sent, sent + there + offset, sent + there + back);
      assertThat(Math.abs(reading.offsetNanos() - offset)).isLessThanOrEqualTo(reading.boundNanos());
    }
  }

  @Test
  void ofTwoReadingsTheTighterStandsAndRoundTripsAddUp() {
    ClockReading loose = new ClockReading(500, 90, 3);
    ClockReading tight = new ClockReading(480, 10, 2);
    assertThat(loose.tighter(tight)).isEqualTo(new ClockReading(480, 10, 5));
    assertThat(tight.tighter(loose)).isEqualTo(new ClockReading(480, 10, 5));
  }

  @Test
  void anInstantOfTheCoordinatorBecomesTheSameInstantOnTheNode() {
    assertThat(new ClockReading(-250, 1, 1).onNode(1_000)).isEqualTo(750);
  }
}
