package dev.attain.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attain.workload.LengthDistribution.Empirical;
import dev.attain.workload.LengthDistribution.Fixed;
import dev.attain.workload.LengthDistribution.Lognormal;
import dev.attain.workload.LengthDistribution.Uniform;
import dev.attain.workload.ShapeSource.Independent;
import dev.attain.workload.ShapeSource.Rows;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final ModelLimits LIMITS = new ModelLimits(8192, 128_256);
  private static final ShapeSource VARIED = new Independent(new Lognormal(5, 1, 1, 4000), new Uniform(1, 300));
  private static final List<RequestShape> TABLE = List.of(new RequestShape(10, 1), new RequestShape(20, 2),
      new RequestShape(30, 3));

  @Test
  void shapesDependOnSeedAndIndexAlone() {
    Workload workload = Workload.of(VARIED, PromptForm.TOKEN_IDS, LIMITS, 1);
    Workload again = Workload.of(VARIED, PromptForm.TEXT, LIMITS, 1);
    Workload other = Workload.of(VARIED, PromptForm.TOKEN_IDS, LIMITS, 2);
    List<RequestShape> forwards = shapes(workload, 500);
    List<RequestShape> backwards = IntStream.range(0, 500).mapToObj(i -> again.shape(499 - i)).toList().reversed();
    assertThat(forwards).isEqualTo(backwards).isNotEqualTo(shapes(other, 500));
  }

  @Test
  void tableIsTakenInOrderAndRepeats() {
    Workload workload = Workload.of(new Rows(TABLE, false), PromptForm.TOKEN_IDS, LIMITS, 1);
    assertThat(shapes(workload, 7)).extracting(RequestShape::promptTokens).containsExactly(10, 20, 30, 10, 20, 30, 10);
  }

  @Test
  void shuffledTableKeepsPromptAndOutputTogetherAndUsesEveryRow() {
    Workload workload = Workload.of(new Rows(TABLE, true), PromptForm.TOKEN_IDS, LIMITS, 1);
    List<RequestShape> drawn = shapes(workload, 300);
    assertThat(drawn).containsAll(TABLE).allMatch(TABLE::contains);
    assertThat(drawn).isNotEqualTo(shapes(Workload.of(new Rows(TABLE, true), PromptForm.TOKEN_IDS, LIMITS, 2), 300));
  }

  @Test
  void requestThatFitsIsLeftAlone() {
    assertThat(cut(50, 50, 100)).isEqualTo(new RequestShape(50, 50));
    assertThat(cut(99, 1, 100)).isEqualTo(new RequestShape(99, 1));
  }

  @Test
  void longerSideOfARequestGivesWay() {
    assertThat(cut(500, 20, 100)).isEqualTo(new RequestShape(80, 20));
    assertThat(cut(20, 500, 100)).isEqualTo(new RequestShape(20, 80));
    assertThat(cut(500, 500, 101)).isEqualTo(new RequestShape(51, 50));
    assertThat(cut(Integer.MAX_VALUE, Integer.MAX_VALUE, 2)).isEqualTo(new RequestShape(1, 1));
  }

  @Test
  void nothingExceedsTheContextAndEveryCutIsCounted() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 50; trial++) {
      int context = random.nextInt(2, 2000);
      List<RequestShape> rows = IntStream.range(0, 40)
          .mapToObj(row -> new RequestShape(random.nextInt(1, 2000), random.nextInt(1, 2000))).toList();
      Workload workload = Workload.of(new Rows(rows, false), PromptForm.TOKEN_IDS, new ModelLimits(context, 1000), 1);
      List<RequestShape> cut = shapes(workload, 40);
      assertThat(cut).allMatch(shape -> shape.promptTokens() + shape.outputTokens() <= context);
      long tooLong = rows.stream().filter(row -> row.promptTokens() + row.outputTokens() > context).count();
      assertThat(workload.cutToContext(40)).isEqualTo((int) tooLong);
      assertThat(workload.cutToContext(0)).isZero();
    }
  }

  @Test
  void textLeavesAnEighthOfTheContextFree() {
    Workload text = Workload.of(fixed(1000, 10), PromptForm.TEXT, new ModelLimits(800, 1000), 1);
    assertThat(text.shape(0)).isEqualTo(new RequestShape(690, 10));
  }

  @Test
  void hashSeesEverythingThatDecidesWhatIsSent() {
    String hash = Workload.of(VARIED, PromptForm.TOKEN_IDS, LIMITS, 1).hash(100);
    assertThat(hash).startsWith("sha256:").hasSize(7 + 64);
    assertThat(Workload.of(VARIED, PromptForm.TOKEN_IDS, LIMITS, 1).hash(100)).isEqualTo(hash);
    assertThat(List.of(Workload.of(VARIED, PromptForm.TOKEN_IDS, LIMITS, 1).hash(99),
        Workload.of(VARIED, PromptForm.TEXT, LIMITS, 1).hash(100),
        Workload.of(VARIED, PromptForm.TOKEN_IDS, LIMITS, 2).hash(100),
        Workload.of(VARIED, PromptForm.TOKEN_IDS, new ModelLimits(8192, 32_000), 1).hash(100),
        Workload.of(fixed(10, 10), PromptForm.TOKEN_IDS, LIMITS, 1).hash(100))).doesNotContain(hash)
        .doesNotHaveDuplicates();
  }

  /** Whoever changes this has changed the meaning of every seed in every published result. */
  @Test
  void seedsKeepTheirMeaning() {
    Workload independent = Workload.of(VARIED, PromptForm.TOKEN_IDS, LIMITS, 42);
    assertThat(independent.hash(1000))
        .isEqualTo("sha256:c37f449881b4c3da01f203126a982ed357922f8ebb158ebcb90e56b3ad41903e");
    Workload shuffled = Workload.of(new Rows(TABLE, true), PromptForm.TOKEN_IDS, LIMITS, 42);
    assertThat(shuffled.hash(1000))
        .isEqualTo("sha256:0d3650c85914ea469245bdb1051ae8273007a0b4fc066980c94b91a1e89029e9");
  }

  @Test
  void wrongSizesAreRefused() {
    assertThatThrownBy(() -> new RequestShape(0, 1)).hasMessageContaining("at least 1 prompt token");
    assertThatThrownBy(() -> new Fixed(0)).hasMessageContaining("at least 1 token, but is 0");
    assertThatThrownBy(() -> new Uniform(0, 5)).hasMessageContaining("minimum length must be at least 1");
    assertThatThrownBy(() -> new Uniform(6, 5)).hasMessageContaining("not be below the minimum of 6");
    assertThatThrownBy(() -> new Lognormal(Double.NaN, 1, 1, 2)).hasMessageContaining("mu must be");
    assertThatThrownBy(() -> new Lognormal(1, -1, 1, 2)).hasMessageContaining("sigma must be");
    assertThatThrownBy(() -> new Empirical(List.of())).hasMessageContaining("at least one");
    assertThatThrownBy(() -> new Empirical(List.of(3, 0))).hasMessageContaining("every observed length");
    assertThatThrownBy(() -> new Rows(List.of(), true)).hasMessageContaining("at least one row");
    assertThatThrownBy(() -> new ModelLimits(1, 1000)).hasMessageContaining("at least 2 tokens");
    assertThatThrownBy(() -> new ModelLimits(100, 63)).hasMessageContaining("at least 64 tokens");
    assertThatThrownBy(() -> Workload.of(VARIED, PromptForm.TEXT, LIMITS, 1).shape(-1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static RequestShape cut(int prompt, int output, int context) {
    return Workload.of(fixed(prompt, output), PromptForm.TOKEN_IDS, new ModelLimits(context, 1000), 1).shape(0);
  }

  private static ShapeSource fixed(int prompt, int output) {
    return new Independent(new Fixed(prompt), new Fixed(output));
  }

  private static List<RequestShape> shapes(Workload workload, int planned) {
    return IntStream.range(0, planned).mapToObj(workload::shape).toList();
  }
}
