package dev.attain.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoresTest {
  @Test
  void readsCoresAsLinuxWritesThem() {
    assertThat(CpuList.numbers("0-2,8,10-11")).containsExactly(0, 1, 2, 8, 10, 11);
    assertThat(CpuList.numbers("5")).containsExactly(5);
  }

  @Test
  void theServerGetsAsManyCoresAsTheClientHasLoops() {
    assertThat(Cores.divide(List.of(0, 1), 1, true)).isEqualTo(new Cores(List.of(0), List.of(1), true));
    assertThat(Cores.divide(List.of(0, 1, 2, 3), 2, true)).isEqualTo(new Cores(List.of(0, 1), List.of(2, 3), true));
    assertThat(Cores.divide(List.of(0, 1, 2, 3), 9, true)).isEqualTo(new Cores(List.of(0, 1), List.of(2, 3), true));
    assertThat(Cores.divide(List.of(4, 5, 6), 1, true)).isEqualTo(new Cores(List.of(4, 5), List.of(6), true));
  }

  @Test
  void whatCannotBeKeptApartSharesAllCores() {
    assertThat(Cores.divide(List.of(3), 1, true).apart()).isFalse();
    assertThat(Cores.divide(List.of(0, 1), 1, false)).isEqualTo(new Cores(List.of(0, 1), List.of(0, 1), false));
  }
}
