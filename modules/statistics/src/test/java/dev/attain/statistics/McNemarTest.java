package dev.attain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class McNemarTest {
  @Test
  void countsWhatEachOfAPairMet() {
    McNemar test = McNemar.of(new boolean[]{true, true, true, false, false},
        new boolean[]{true, false, false, true, false});

    assertThat(test).isEqualTo(new McNemar(1, 2, 1, 1));
    assertThat(test.difference()).isEqualTo(0.2);
  }

  @Test
  void agreesWithTheBinomialDistributionByHand() {
    // 2 (C(10,0) + C(10,1)) / 2^10
    assertThat(new McNemar(50, 9, 1, 3).pValue()).isCloseTo(22.0 / 1024, within(1e-12));
    assertThat(new McNemar(50, 0, 0, 3).pValue()).isEqualTo(1);
    assertThat(new McNemar(0, 5, 5, 0).pValue()).isEqualTo(1);
  }

  @Test
  void doesNotCareWhichIsFirst() {
    assertThat(new McNemar(7, 30, 12, 1).pValue()).isEqualTo(new McNemar(1, 12, 30, 7).pValue());
  }

  @Test
  void manyRequestsThatDifferAreNoTrouble() {
    assertThat(new McNemar(0, 500_000, 500_000, 0).pValue()).isEqualTo(1);
    assertThat(new McNemar(0, 510_000, 490_000, 0).pValue()).isBetween(0.0, 1e-12);
  }

  @Test
  void pairsMustBePairs() {
    assertThatIllegalArgumentException().isThrownBy(() -> McNemar.of(new boolean[2], new boolean[3]));
    assertThatIllegalArgumentException().isThrownBy(() -> McNemar.of(new boolean[0], new boolean[0]));
  }
}
