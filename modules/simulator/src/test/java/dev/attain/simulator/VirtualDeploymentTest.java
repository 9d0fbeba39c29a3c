package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VirtualDeploymentTest {

  private static final long MILLI = 1_000_000;
  private static final List<String> ENGINE = List.of("llama-3.1-8b", "--sim-gpu", "h100");
  private static final String[] WITHOUT_FRONT_END = {"--sim-frontend-ms", "0", "--sim-frontend-us-per-token", "0",
      "--sim-output-us", "0"};

  private static List<String> engine(String... more) {
    return Stream.concat(ENGINE.stream(), Stream.of(more)).toList();
  }

  private static VirtualDeployment colocated(String... more) throws SimulatorException {
    return VirtualDeployment.colocated(engine(more), 1);
  }

  private static VirtualDeployment pair(String... more) throws SimulatorException {
    return VirtualDeployment.disaggregated(engine(more), 1, engine(more), 1);
  }

  private static VirtualRequest at(long millis, int promptTokens, int outputTokens) {
    return new VirtualRequest(millis * MILLI, promptTokens, outputTokens);
  }

  @Test
  void aLoneRequestIsServedAtTheCostOfItsSteps() throws Exception {
    VirtualOutcome outcome = colocated(WITHOUT_FRONT_END).serve(List.of(at(10, 1000, 101))).get(0);

    EngineSetup engine = SimulatorOptions.parse(ENGINE, Map.of()).engine();
    StepShape prefill = new StepShape();
    prefill.addPrefill(1000, 0, true);
    assertThat(outcome.ttftNanos()).isEqualTo(engine.stepCost().nanos(prefill));
    StepShape decode = new StepShape();
    decode.addDecode(1050);
    double stepNanos = engine.stepCost().nanos(decode);
    assertThat(outcome.tpotNanos()).isBetween(stepNanos * 0.99, stepNanos * 1.01);
    assertThat(outcome.prefillEndNanos()).isEqualTo(-1);
    assertThat(outcome.landedNanos()).isEqualTo(-1);
  }

  @Test
  void aDisaggregatedRequestPassesItsStagesInOrder() throws Exception {
    VirtualOutcome outcome = pair().serve(List.of(at(10, 1000, 50))).get(0);

    assertThat(List.of(outcome.request().arrivalNanos(), outcome.prefillEndNanos(), outcome.landedNanos(),
        outcome.firstTokenNanos(), outcome.lastTokenNanos())).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void theSameCoreGivesTheSameTimesAsWhenItIsDrivenByHand() throws Exception {
    List<VirtualRequest> requests = new ArrayList<>();
    List<Recorded> byHand = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      requests.add(at(i * 7L, 200 + 40 * i, 20 + i));
      byHand.add(Recorded.request(200 + 40 * i, 20 + i, i * 7L * MILLI));
    }
    new VirtualEngine(SimulatorOptions.parse(ENGINE, Map.of()).engine().newCore()).serve(byHand);

    List<VirtualOutcome> outcomes = colocated(WITHOUT_FRONT_END).serve(requests);

    assertThat(outcomes.stream().map(VirtualOutcome::lastTokenNanos))
        .isEqualTo(byHand.stream().map(each -> each.tokenNanos.getLast()).toList());
  }

  @Test
  void aLongPrefillDelaysOthersWhenColocatedAndNotOnADecodeInstance() throws Exception {
    List<VirtualRequest> calm = List.of(at(0, 100, 400));
    List<VirtualRequest> disturbed = List.of(at(0, 100, 400), at(500, 32_000, 1));
    EngineSetup engine = SimulatorOptions.parse(ENGINE, Map.of()).engine();
    long prefillNanos = 0;
    for (int done = 0; done < 32_000; done += 8191) {
      StepShape chunk = new StepShape();
      chunk.addPrefill(Math.min(8191, 32_000 - done), done, done + 8191 >= 32_000);
      prefillNanos += engine.stepCost().nanos(chunk);
    }

    long colocatedDelay = lastToken(colocated().serve(disturbed)) - lastToken(colocated().serve(calm));
    long decodeDelay = lastToken(pair().serve(disturbed)) - lastToken(pair().serve(calm));

    assertThat(colocatedDelay).isBetween(prefillNanos * 9 / 10, prefillNanos * 11 / 10);
    // What is left is the posting of the transfer's descriptors, spread over several steps.
    assertThat(decodeDelay).isLessThan(colocatedDelay / 5);
  }

  private static long lastToken(List<VirtualOutcome> outcomes) {
    return outcomes.get(0).lastTokenNanos();
  }

  @Test
  void twoTransfersOnOneLinkTakeTwiceAsLong() throws Exception {
    String[] onlyBytes = {"--sim-link-gbps", "1", "--sim-transfer-ms", "0", "--sim-transfer-us-per-descriptor", "0",
        "--sim-frontend-ms", "0", "--sim-frontend-us-per-token", "0", "--no-async-scheduling"};
    long alone = transferNanos(pair(onlyBytes).serve(List.of(at(0, 4000, 1))));
    // Both prompts end in one step of their prefill instance, so that their transfers start together.
    long together = transferNanos(pair(onlyBytes).serve(List.of(at(0, 4000, 1), at(0, 4000, 1))));

    assertThat((double) together / alone).isBetween(1.98, 2.02);
  }

  private static long transferNanos(List<VirtualOutcome> outcomes) {
    VirtualOutcome last = outcomes.getLast();
    return last.landedNanos() - last.prefillEndNanos();
  }

  @Test
  void aFullKvCacheMakesRequestsWaitInsteadOfFail() throws Exception {
    List<VirtualRequest> requests = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      requests.add(at(i, 900, 100));
    }
    for (VirtualDeployment deployment : List.of(colocated("--sim-kv-tokens", "3000", "--max-model-len", "2000"),
        pair("--sim-kv-tokens", "3000", "--max-model-len", "2000"))) {
      List<VirtualOutcome> outcomes = deployment.serve(requests);

      assertThat(outcomes).allMatch(VirtualOutcome::completed);
      assertThat(outcomes.getLast().ttftNanos()).isGreaterThan(5 * outcomes.getFirst().ttftNanos());
    }
  }

  /** What the pool cannot hold has to wait until an answer ends: not a little longer, but as long as answers take. */
  @Test
  void firstTokensTakeALeapWhereTheKvCacheIsFull() throws Exception {
    VirtualDeployment deployment = colocated("--sim-kv-tokens", "9700", "--sim-watermark", "0", "--max-model-len",
        "1200");
    double answerNanos = deployment.serve(List.of(at(0, 1000, 200))).getFirst().lastTokenNanos();

    double four = meanTtft(deployment, 4) / answerNanos;
    double eight = meanTtft(deployment, 8) / answerNanos;
    double sixteen = meanTtft(deployment, 16) / answerNanos;

    assertThat(four).isLessThan(0.15);
    assertThat(eight).as("eight of 1,200 tokens are as many as fit").isLessThan(2.1 * four);
    assertThat(sixteen).as("half of the users wait").isGreaterThan(0.7);
  }

  private static double meanTtft(VirtualDeployment deployment, int users) {
    return deployment.serveClosed(users, Collections.nCopies(10 * users, at(0, 1000, 200))).stream()
        .mapToLong(VirtualOutcome::ttftNanos).average().orElseThrow();
  }

  @Test
  void promptsThatComeTogetherShareTheFrontEnd() throws Exception {
    VirtualDeployment deployment = colocated("--sim-frontend-us-per-token", "100");
    long alone = deployment.serve(List.of(at(0, 100, 1))).getFirst().ttftNanos();
    List<VirtualOutcome> burst = deployment.serve(Collections.nCopies(10, at(0, 100, 1)));
    List<VirtualOutcome> spread = deployment.serve(List.of(at(0, 100, 1), at(1000, 100, 1)));

    assertThat(burst).as("nine times 10 ms later, and by the prefill of ten").allSatisfy(
        outcome -> assertThat(outcome.ttftNanos()).isBetween(alone + 90 * MILLI, alone + 115 * MILLI));
    assertThat(spread).allSatisfy(outcome -> assertThat(outcome.ttftNanos()).isEqualTo(alone));
  }

  @Test
  void tokensOfOneStepLeaveOneAfterTheOther() throws Exception {
    List<VirtualRequest> together = Collections.nCopies(4, at(0, 100, 1));
    long step = withOutputMicros("0").serve(together).getFirst().ttftNanos();

    assertThat(withOutputMicros("1000").serve(together).stream().map(outcome -> outcome.ttftNanos() - step))
        .containsExactly(MILLI, 2 * MILLI, 3 * MILLI, 4 * MILLI);
  }

  @Test
  void stepsDoNotWaitForAFrontEndThatCannotKeepUp() throws Exception {
    List<VirtualRequest> two = List.of(at(0, 100, 10), at(0, 100, 10));
    VirtualDeployment slow = withOutputMicros("1000000");
    long firstNanos = withOutputMicros("0").serve(two).getFirst().firstTokenNanos();

    assertThat(slow.serve(two).getLast().lastTokenNanos()).as("20 outputs, one a second")
        .isEqualTo(firstNanos + 20_000 * MILLI);
  }

  private static VirtualDeployment withOutputMicros(String micros) throws SimulatorException {
    return colocated("--sim-frontend-ms", "0", "--sim-frontend-us-per-token", "0", "--sim-output-us", micros);
  }

  @Test
  void eachInstanceOfAPairPassesOnWhatItComputed() throws Exception {
    VirtualOutcome free = pair(WITHOUT_FRONT_END).serve(List.of(at(0, 100, 5))).getFirst();
    VirtualOutcome paid = pair("--sim-frontend-ms", "0", "--sim-frontend-us-per-token", "0", "--sim-output-us", "1000")
        .serve(List.of(at(0, 100, 5))).getFirst();

    assertThat(paid.prefillEndNanos() - free.prefillEndNanos()).isEqualTo(MILLI);
    assertThat(paid.firstTokenNanos() - free.firstTokenNanos()).isEqualTo(2 * MILLI);
    assertThat(paid.lastTokenNanos() - free.lastTokenNanos()).as("steps take longer than that").isEqualTo(2 * MILLI);
  }

  @Test
  void twoGpusAreFasterThanOneButLessThanTwice() throws Exception {
    List<VirtualRequest> requests = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      requests.add(at(0, 1000, 200));
    }
    double one = lastOf(colocated().serve(requests));
    double two = lastOf(colocated("--tensor-parallel-size", "2").serve(requests));

    assertThat(one / two).isBetween(1.1, 1.99);
  }

  private static long lastOf(List<VirtualOutcome> outcomes) {
    return outcomes.stream().mapToLong(VirtualOutcome::lastTokenNanos).max().orElseThrow();
  }

  @Test
  void aRequestThatCanNeverFitIsNotCompletedAndStopsNobody() throws Exception {
    VirtualDeployment deployment = colocated("--max-model-len", "2000");
    List<VirtualRequest> requests = List.of(at(0, 1990, 11), at(0, 1990, 10), at(5, 5000, 1), at(9, 10, 10));

    assertThat(deployment.serve(requests).stream().map(VirtualOutcome::completed)).containsExactly(false, true, false,
        true);
    assertThat(deployment.serveClosed(1, requests).stream().map(VirtualOutcome::completed)).containsExactly(false,
        true, false, true);
  }

  @Test
  void usersOfAClosedLoopComeBackWhenTheirAnswerEnds() throws Exception {
    List<VirtualRequest> requests = List.of(at(0, 100, 10), at(0, 100, 20), at(0, 100, 10), at(0, 100, 10));

    List<VirtualOutcome> outcomes = pair().serveClosed(2, requests);

    assertThat(outcomes.get(0).request().arrivalNanos()).isZero();
    assertThat(outcomes.get(1).request().arrivalNanos()).isZero();
    assertThat(outcomes.get(2).request().arrivalNanos()).isEqualTo(outcomes.get(0).lastTokenNanos());
    assertThat(outcomes.get(3).request().arrivalNanos()).isEqualTo(outcomes.get(1).lastTokenNanos());
  }

  @Test
  void requestsGoToInstancesInTurn() throws Exception {
    List<VirtualRequest> requests = List.of(at(0, 8192, 1), at(0, 8192, 1), at(0, 8192, 1));

    List<VirtualOutcome> outcomes = VirtualDeployment.colocated(engine(WITHOUT_FRONT_END), 2).serve(requests);

    assertThat(outcomes.get(1).lastTokenNanos()).isEqualTo(outcomes.get(0).lastTokenNanos());
    assertThat(outcomes.get(2).lastTokenNanos()).isGreaterThan(outcomes.get(0).lastTokenNanos() * 3 / 2);
  }

  @Test
  void itsGpusAreThoseOfAllInstances() throws Exception {
    assertThat(VirtualDeployment.disaggregated(engine("--tensor-parallel-size", "2"), 3, ENGINE, 4).gpus())
        .isEqualTo(10);
    assertThat(VirtualDeployment.colocated(ENGINE, 2).gpus()).isEqualTo(2);
  }

  @Test
  void flagsThatMakeNoEngineAreExplained() {
    assertThatThrownBy(() -> VirtualDeployment.colocated(List.of("gpt-5"), 1)).isInstanceOf(SimulatorException.class)
        .hasMessageContaining("unknown model \"gpt-5\"");
    assertThatThrownBy(() -> VirtualDeployment.disaggregated(ENGINE, 1, List.of("qwen3-8b"), 1))
        .isInstanceOf(SimulatorException.class).hasMessageContaining("within one model");
  }
}
