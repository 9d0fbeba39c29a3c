package dev.attain.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.workload.LengthDistribution.Fixed;
import dev.attain.workload.LengthDistribution.Uniform;
import dev.attain.workload.Prompt.Text;
import dev.attain.workload.Prompt.TokenIds;
import dev.attain.workload.ShapeSource.Independent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptTest {
  private static final ModelLimits LIMITS = new ModelLimits(100_000, 128_256);

  @Test
  void promptDependsOnSeedIndexAndNonceAlone() {
    for (PromptForm form : PromptForm.values()) {
      Prompt prompt = workload(form, 64, 1).prompt(7, "point-a");
      assertThat(prompt).isEqualTo(workload(form, 64, 1).prompt(7, "point-a")).hasSameHashCodeAs(
          workload(form, 64, 1).prompt(7, "point-a"));
      assertThat(prompt).isNotEqualTo(workload(form, 64, 2).prompt(7, "point-a"));
      assertThat(prompt).isNotEqualTo(workload(form, 64, 1).prompt(8, "point-a"));
      assertThat(prompt).isNotEqualTo(workload(form, 64, 1).prompt(7, "point-b"));
    }
  }

  @Test
  void tokenIdPromptsHaveExactlyTheLengthOfTheirShape() {
    Workload varied = Workload.of(new Independent(new Uniform(1, 100), new Fixed(5)), PromptForm.TOKEN_IDS, LIMITS, 1);
    for (int index = 0; index < 500; index++) {
      assertThat(ids(varied.prompt(index, "n"))).hasSize(varied.shape(index).promptTokens());
    }
  }

  @Test
  void textPromptsHaveAWordForEachToken() {
    Workload varied = Workload.of(new Independent(new Uniform(1, 100), new Fixed(5)), PromptForm.TEXT, LIMITS, 1);
    for (int index = 0; index < 500; index++) {
      String text = text(varied.prompt(index, "n"));
      assertThat(text.split(" ")).hasSize(varied.shape(index).promptTokens());
      assertThat(text).matches("[a-z]+( [a-z]+)*");
    }
  }

  @Test
  void noTwoPromptsShareAFirstBlock() {
    Set<List<Integer>> blocks = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (String nonce : List.of("", "a", "b", "ab", "ba", "point 1", "point 2")) {
      for (long seed = 1; seed <= 3; seed++) {
        for (int index = 0; index < 1000; index++) {
          int[] ids = ids(workload(PromptForm.TOKEN_IDS, 16, seed).prompt(index, nonce));
          assertThat(blocks.add(Arrays.stream(ids).limit(8).boxed().toList())).isTrue();
          assertThat(texts.add(text(workload(PromptForm.TEXT, 16, seed).prompt(index, nonce)))).isTrue();
        }
      }
    }
  }

  @Test
  void nonceChangesTheBeginningOnly() {
    int[] first = ids(workload(PromptForm.TOKEN_IDS, 100, 1).prompt(3, "a"));
    int[] second = ids(workload(PromptForm.TOKEN_IDS, 100, 1).prompt(3, "b"));
    assertThat(Arrays.copyOfRange(first, 16, 100)).isEqualTo(Arrays.copyOfRange(second, 16, 100));
    assertThat(IntStream.range(0, 16).filter(at -> first[at] != second[at]).count()).isGreaterThan(14);
  }

  @Test
  void tokenIdsStayAwayFromBothEndsOfTheVocabulary() {
    int[] ids = ids(workload(PromptForm.TOKEN_IDS, 90_000, 1).prompt(0, "n"));
    assertThat(IntStream.of(ids).min().orElseThrow()).isBetween(1000, 1020);
    assertThat(IntStream.of(ids).max().orElseThrow()).isBetween(128_256 - 2048 - 20, 128_256 - 2048 - 1);
    assertThat(IntStream.of(ids).average().orElseThrow()).isBetween(63_100.0 - 500, 63_100.0 + 500);
  }

  @Test
  void smallVocabularyKeepsItsMiddle() {
    Workload workload = Workload.of(new Independent(new Fixed(5000), new Fixed(1)), PromptForm.TOKEN_IDS,
        new ModelLimits(8192, 64), 1);
    assertThat(IntStream.of(ids(workload.prompt(0, "n"))).distinct().sorted().toArray())
        .isEqualTo(IntStream.range(8, 56).toArray());
  }

  @Test
  void everyWordIsUsed() {
    String text = text(workload(PromptForm.TEXT, 20_000, 1).prompt(0, "n"));
    assertThat(Arrays.stream(text.split(" ")).distinct().count()).isEqualTo(256);
  }

  /** Whoever changes this has changed the meaning of every seed in every published result. */
  @Test
  void seedsKeepTheirMeaning() {
    assertThat(text(workload(PromptForm.TEXT, 20, 42).prompt(1, "n"))).isEqualTo(
        "too music still work also green left around group no often early have from point men found now three gold");
    assertThat(ids(workload(PromptForm.TOKEN_IDS, 20, 42).prompt(1, "n"))).containsExactly(8044, 122164, 98470, 110716,
        113828, 20235, 91315, 96578, 59506, 25725, 79281, 48806, 44071, 6904, 119261, 4982, 70672, 103999, 96241,
        75510);
  }

  private static Workload workload(PromptForm form, int promptTokens, long seed) {
    return Workload.of(new Independent(new Fixed(promptTokens), new Fixed(5)), form, LIMITS, seed);
  }

  private static int[] ids(Prompt prompt) {
    return ((TokenIds) prompt).ids();
  }

  private static String text(Prompt prompt) {
    return ((Text) prompt).text();
  }
}
