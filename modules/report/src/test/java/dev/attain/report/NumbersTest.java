package dev.attain.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void latenciesHaveThreeDigitsAndTheUnitThatFitsThem() {
    assertThat(Numbers.seconds(0.0000852)).isEqualTo("85.2 us");
    assertThat(Numbers.seconds(0.0284)).isEqualTo("28.4 ms");
    assertThat(Numbers.seconds(0.4821)).isEqualTo("482 ms");
    assertThat(Numbers.seconds(0.99999)).isEqualTo("1 s");
    assertThat(Numbers.seconds(1.2345)).isEqualTo("1.23 s");
    assertThat(Numbers.seconds(-0.0004)).isEqualTo("-400 us");
    assertThat(Numbers.seconds(0)).isEqualTo("0 ms");
  }

  @Test
  void ratesKeepEveryDigitOfTheConfiguration() {
    assertThat(LoadUnit.RATE.of(16)).isEqualTo("16 req/s");
    assertThat(LoadUnit.RATE.of(2.125)).isEqualTo("2.125 req/s");
    assertThat(LoadUnit.RATE.of(1200)).isEqualTo("1200 req/s");
  }

  @Test
  void plainNumbersNeverUseAnExponent() {
    assertThat(Numbers.plain(5.3333)).isEqualTo("5.33");
    assertThat(Numbers.plain(1234567.8)).isEqualTo("1234568");
    assertThat(Numbers.plain(0.00001)).isEqualTo("0.00001");
    assertThat(Numbers.plain(0)).isEqualTo("0");
  }
}
