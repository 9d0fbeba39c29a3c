package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void editsAreCounted() {
    assertThat(Nearest.distance("ttft", "ttft")).isZero();
    assertThat(Nearest.distance("tfft", "ttft")).isEqualTo(1);
    assertThat(Nearest.distance("sole", "solo")).isEqualTo(1);
    assertThat(Nearest.distance("rate", "rates")).isEqualTo(1);
    assertThat(Nearest.distance("neerest", "nearest")).isEqualTo(1);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
  }

  @Test
  void swappedNeighboursAndCaseAreSmallMistakes() {
    assertThat(Nearest.distance("lsit", "list")).isEqualTo(1);
    assertThat(Nearest.distance("H100", "h100")).isZero();
  }

  @Test
  void beginningOfAWordMeansTheWord() {
    assertThat(Nearest.of("burst", List.of("kind", "trace", "burstiness"))).isEqualTo("burstiness");
  }

  @Test
  void firstOfEqualsWins() {
    assertThat(Nearest.of("x", List.of("a", "b"))).isEqualTo("a");
  }
}
