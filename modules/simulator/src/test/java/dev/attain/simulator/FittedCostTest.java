package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of a step from fitted coefficients; the numbers are DistServe's fit of OPT-13B on one A100. */
class FittedCostTest {

  private static final String DISTSERVE = "18.10,.1019,7.12e-6/19.93,6.27e-4,.0385/7.17,5.80e-4,.158";

  private static SimulatorOptions parse(String... flags) throws SimulatorException {
    return SimulatorOptions.parse(List.of(flags), Map.of());
  }

  private static double millis(StepShape shape) throws SimulatorException {
    return parse("--sim-step-abc", DISTSERVE).engine().stepCost().nanos(shape) / 1e6;
  }

  private static StepShape prefill(int... lengths) {
    StepShape shape = new StepShape();
    for (int length : lengths) {
      shape.addPrefill(length, 0, true);
    }
    return shape;
  }

  private static StepShape decode(int batch, int context) {
    StepShape shape = new StepShape();
    for (int i = 0; i < batch; i++) {
      shape.addDecode(context);
    }
    return shape;
  }

  @Test
  void stepsTakeThePublishedTimes() throws SimulatorException {
    assertThat(millis(prefill(512))).isCloseTo(72, within(0.5));
    assertThat(millis(prefill(1024))).isCloseTo(130, within(0.5));
    assertThat(millis(decode(8, 512))).isCloseTo(22.8, within(0.05));
    assertThat(millis(decode(64, 512))).isCloseTo(42.9, within(0.05));
    assertThat(millis(decode(128, 300))).as("the fit of large batches").isCloseTo(49.7, within(0.05));
  }

  @Test
  void promptsAddUpTokensAndSquares() throws SimulatorException {
    assertThat(millis(prefill(300, 400))).isCloseTo(18.1 + .1019 * 700 + 7.12e-6 * (300 * 300 + 400 * 400),
        within(1e-5));
  }

  @Test
  void chunksOfAPromptCostAsMuchAsTheWholeButForTheConstant() throws SimulatorException {
    StepShape first = new StepShape();
    first.addPrefill(600, 0, false);
    StepShape second = new StepShape();
    second.addPrefill(424, 600, true);

    assertThat(millis(first) + millis(second) - 18.10).isCloseTo(millis(prefill(1024)), within(1e-4));
  }

  @Test
  void aStepOfBothKindsPaysTheLargerConstantOnce() throws SimulatorException {
    StepShape both = decode(8, 512);
    both.addPrefill(512, 0, true);

    assertThat(millis(both)).isCloseTo(millis(prefill(512)) + millis(decode(8, 512)) - 18.10, within(1e-4));
  }

  @Test
  void withoutAFitOfItsOwnALargeBatchTakesTheOtherOne() throws SimulatorException {
    StepCost cost = parse("--sim-step-abc", "1,0,0/2,0,0.5").engine().stepCost();

    assertThat(cost.nanos(decode(200, 10))).isEqualTo(102_000_000);
  }

  @Test
  void aServerTakesThoseTimes() {
    try (SimulatorServer server = SimulatorClient.start("--sim-step-abc", "100,0,0/50,0,0")) {
      long before = System.nanoTime();
      new SimulatorClient(server).post("/v1/completions", "{\"prompt\":\"hi\",\"max_tokens\":4}");

      assertThat(System.nanoTime() - before).as("no earlier than four steps").isGreaterThanOrEqualTo(250_000_000L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,2,3", "1,2/3,4,5", "1,2,3/4,5,6/7,8,9/1,1,1", "1,2,x/4,5,6", "1,2,-3/4,5,6", "/", "",
      "1,2,NaN/4,5,6"})
  void whatIsNoFitIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> parse("--sim-step-abc", text)).isInstanceOf(SimulatorException.class)
        .hasMessage("--sim-step-abc: \"" + text + "\" is not PREFILL/DECODE[/DECODE-FROM-95-SEQUENCES], each three "
            + "numbers A,B,C that are not negative, such as 18.1,0.1019,7.12e-6/19.93,6.27e-4,0.0385");
  }

  @Test
  void aCoefficientThatWouldHaveNoEffectIsRefused() {
    assertThatThrownBy(() -> parse("--sim-step-abc", DISTSERVE, "--sim-host-ms", "2"))
        .isInstanceOf(SimulatorException.class)
        .hasMessage(
            "--sim-host-ms has no effect beside --sim-step-abc, which gives the whole time of a step; leave one "
                + "out");
  }
}
