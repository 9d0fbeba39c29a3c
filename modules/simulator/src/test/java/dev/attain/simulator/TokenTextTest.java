package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenTextTest {

  private static final int VOCABULARY = 50_272;

  @Test
  void fourCharactersAreAToken() {
    assertThat(TokenText.count("")).isZero();
    assertThat(TokenText.count("a")).isEqualTo(1);
    assertThat(TokenText.count("abcd")).isEqualTo(1);
    assertThat(TokenText.count("abcde")).isEqualTo(2);
    assertThat(TokenText.count("\uD83D\uDE00".repeat(8))).isEqualTo(2);
  }

  @Test
  void generatedTextReadsBackAsTheSameIds() {
    int[] generated = IntStream.rangeClosed(1, 500).map(ordinal -> TokenText.generated(42, ordinal)).toArray();
    StringBuilder text = new StringBuilder();
    for (int id : generated) {
      text.append(TokenText.text(id));
    }

    assertThat(TokenText.ids(text.toString(), VOCABULARY)).isEqualTo(generated);
  }

  @Test
  void anyTextHasIdsWithinTheVocabulary() {
    int[] ids = TokenText.ids("The Quick brown fox, 42 times; \uD83D\uDE00!", VOCABULARY);

    assertThat(ids).hasSize(9);
    assertThat(IntStream.of(ids)).allMatch(id -> id >= 0 && id < VOCABULARY);
  }

  @Test
  void differentSeedsGiveDifferentTokens() {
    assertThat(IntStream.range(0, 20).map(ordinal -> TokenText.generated(1, ordinal)).toArray())
        .isNotEqualTo(IntStream.range(0, 20).map(ordinal -> TokenText.generated(2, ordinal)).toArray());
  }
}
