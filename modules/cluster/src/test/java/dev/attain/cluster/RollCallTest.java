package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RollCallTest {
  @Test
  void isCompleteOnceEverybodyAnswered() {
    RollCall roll = new RollCall(List.of("load-1", "load-2"));
    roll.heard("load-2");
    roll.heard("load-2");
    assertThat(roll.complete()).isFalse();
    roll.heard("load-1");
    assertThat(roll.complete()).isTrue();
  }

  @Test
  void namesWhoIsMissing() {
    RollCall roll = new RollCall(List.of("load-1", "load-2", "load-3"));
    roll.heard("load-1");
    roll.heard("a stranger");
    assertThat(roll.describe()).isEqualTo("1 of 3 answered; still waiting for load-2, load-3");
  }
}
