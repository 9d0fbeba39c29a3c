package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void linearStepsAreRoundAndNeitherFewNorMany() {
    var random = new Random(3);
    for (int round = 0; round < 1000; round++) {
      double highest = Math.pow(10, random.nextDouble(-4, 5));
      Axis axis = Axis.linear(highest, 0, 100, Numbers::plain);
      assertThat(axis.ticks()).hasSizeBetween(3, 8);
      assertThat(axis.place(0)).isZero();
      assertThat(axis.place(highest)).isEqualTo(100);
    }
  }

  @Test
  void logarithmicAxesHoldTheirValuesAndHaveTicks() {
    var random = new Random(4);
    for (int round = 0; round < 1000; round++) {
      double lowest = Math.pow(10, random.nextDouble(-5, 2));
      double highest = lowest * Math.pow(10, random.nextDouble(0, 5));
      Axis axis = Axis.logarithmic(lowest, highest, 0, 100, Numbers::seconds);
      assertThat(axis.place(lowest)).isBetween(0.0, axis.place(highest));
      assertThat(axis.ticks()).as("%s to %s", lowest, highest).hasSizeBetween(2, 9);
    }
  }

  @Test
  void valuesBeyondTheEndsLieOnThem() {
    Axis axis = Axis.linear(10, 100, 0, Numbers::plain);
    assertThat(axis.place(-1)).isEqualTo(100);
    assertThat(axis.place(11)).isZero();
  }
}
