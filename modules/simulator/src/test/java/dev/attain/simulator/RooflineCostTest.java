package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RooflineCostTest {

  private static final Percentage NEAR = Percentage.withPercentage(8);

  private static double decodeMillis(String model, String gpu, int tensorParallel, int batch, int context) {
    StepShape shape = new StepShape();
    for (int i = 0; i < batch; i++) {
      shape.addDecode(context);
    }
    return cost(model, gpu, tensorParallel).nanos(shape) / 1e6;
  }

  private static double prefillMillis(String model, String gpu, int tensorParallel, int tokens) {
    StepShape shape = new StepShape();
    shape.addPrefill(tokens, 0, true);
    return cost(model, gpu, tensorParallel).nanos(shape) / 1e6;
  }

  private static StepCost cost(String model, String gpuName, int tensorParallel) {
    GpuShape gpu = Gpus.find(gpuName).orElseThrow();
    return new RooflineCost(Models.find(model).orElseThrow(), gpu, gpu.coefficients(),
        new HostCost(.8e-3, 10e-6, 5.3e-3), tensorParallel);
  }

  @Test
  void decodeStepsOnH200AreNearTheMeasuredOnes() {
    assertThat(decodeMillis("llama-3.1-8b", "h200", 1, 1, 600)).isCloseTo(4.74, NEAR);
    assertThat(decodeMillis("llama-3.1-8b", "h200", 1, 32, 600)).isCloseTo(5.65, NEAR);
    assertThat(decodeMillis("llama-3.1-8b", "h200", 1, 128, 600)).isCloseTo(8.54, NEAR);
    assertThat(decodeMillis("llama-3.1-8b", "h200", 2, 1, 600)).isCloseTo(3.49, NEAR);
    assertThat(decodeMillis("llama-3.1-8b", "h200", 2, 64, 600)).isCloseTo(4.39, NEAR);
  }

  @Test
  void prefillOnH200IsNearTheMeasuredOne() {
    double serverPrefillMillis = 27.4;
    assertThat(prefillMillis("llama-3.1-8b", "h200", 1, 1024)).isCloseTo(serverPrefillMillis, NEAR);
    assertThat(prefillMillis("llama-3.1-8b", "h200", 1, 4096)).isCloseTo(95.0, NEAR);
  }

  /** Shares of the peak in AIConfigurator's tables for H100, by length of the prompt. */
  @ParameterizedTest
  @CsvSource({"1024, 0.25", "2048, 0.39", "4096, 0.53", "8192, 0.61", "16384, 0.67"})
  void attentionOfShortPromptsIsFarFromThePeak(int tokens, double share) {
    StepShape shape = new StepShape();
    shape.addPrefill(tokens, 0, true);
    double coefficient = Gpus.find("h100").orElseThrow().coefficients().attention();

    double reached = coefficient * (1 + StepShape.HALF_SPEED_TOKENS / 4096) * shape.attentionPairs()
        / shape.attentionWork();
    assertThat(reached).isCloseTo(share, within(0.035));
  }

  @Test
  void manyShortPromptsTakeLongerThanTheirTokensAlone() {
    StepShape shape = new StepShape();
    for (int i = 0; i < 16; i++) {
      shape.addPrefill(512, 0, true);
    }
    double measuredMillis = 186;
    assertThat(cost("llama-3.1-8b", "h200", 1).nanos(shape) / 1e6).isCloseTo(measuredMillis, NEAR);
  }

  @Test
  void twoGpusAreFasterThanOneButNotTwiceAsFast() {
    for (String model : new String[]{"llama-3.1-8b", "qwen3-32b", "llama-3.1-70b"}) {
      assertThat(decodeMillis(model, "h100", 2, 32, 1000)).isBetween(decodeMillis(model, "h100", 1, 32, 1000) / 2,
          decodeMillis(model, "h100", 1, 32, 1000));
      assertThat(prefillMillis(model, "h100", 2, 4000)).isBetween(prefillMillis(model, "h100", 1, 4000) / 2,
          prefillMillis(model, "h100", 1, 4000));
    }
  }

  @Test
  void aMixtureOfExpertsReadsMoreOfItsWeightsWithMoreTokens() {
    ModelShape model = Models.find("Qwen/Qwen3-30B-A3B").orElseThrow();

    assertThat(model.touchedParameters(1)).isCloseTo(model.activeParameters(), within(1e3));
    assertThat(model.touchedParameters(64)).isBetween(0.98 * (0.91e9 + 28.99e9), 0.91e9 + 28.99e9);
  }

  @Test
  void modelsAndGpusAreFoundByTheNamesPeopleUse() {
    assertThat(Models.find("meta-llama/Llama-3.1-8B-Instruct")).isPresent();
    assertThat(Models.find("meta-llama/Meta-Llama-3.1-70B")).isPresent();
    assertThat(Models.find("gpt-5")).isEmpty();
    assertThat(Gpus.find("RTX 4090")).isPresent();
    assertThat(Gpus.find("h300")).isEmpty();
  }

  @Test
  void keysAndValuesHaveThePublishedSizes() {
    assertThat(Models.find("llama-3.1-8b").orElseThrow().kvBytesPerToken()).isEqualTo(131_072);
    assertThat(Models.find("qwen3-0.6b").orElseThrow().kvBytesPerToken()).isEqualTo(114_688);
    assertThat(Models.find("opt-13b").orElseThrow().kvBytesPerToken()).isEqualTo(819_200);
  }
}
