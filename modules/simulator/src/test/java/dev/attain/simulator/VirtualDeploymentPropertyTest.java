package dev.attain.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random traffic on small, crowded deployments: every request has an outcome, in the order of its stages. */
class VirtualDeploymentPropertyTest {

  private static final int WORKLOADS = 300;
  private static final int CONTEXT = 800;

  @Test
  void everyRequestHasAnOutcome() throws Exception {
    for (int seed = 0; seed < WORKLOADS; seed++) {
      Random random = new Random(seed);
      boolean disaggregated = random.nextBoolean();
      VirtualDeployment deployment = deployment(random, disaggregated);
      List<VirtualRequest> requests = requests(random);
      boolean closed = random.nextBoolean();

      List<VirtualOutcome> outcomes = closed
          ? deployment.serveClosed(1 + random.nextInt(20), requests)
          : deployment.serve(requests);

      assertThat(outcomes).as("seed %d", seed).hasSameSizeAs(requests);
      for (int i = 0; i < requests.size(); i++) {
        check(seed, requests.get(i), outcomes.get(i), disaggregated);
        if (!closed) {
          assertThat(outcomes.get(i).request()).isEqualTo(requests.get(i));
        }
      }
    }
  }

  @Test
  void theSameRunGivesTheSameTimes() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      VirtualDeployment deployment = deployment(new Random(seed), seed % 2 == 0);
      List<VirtualRequest> requests = requests(new Random(seed));

      assertThat(deployment.serve(requests)).isEqualTo(deployment.serve(requests));
    }
  }

  private static void check(int seed, VirtualRequest request, VirtualOutcome outcome, boolean disaggregated) {
    boolean fits = request.promptTokens() + request.outputTokens() <= CONTEXT;
    assertThat(outcome.completed()).as("seed %d: %s", seed, outcome).isEqualTo(fits);
    if (!fits) {
      assertThat(outcome.ttftNanos()).isEqualTo(-1);
      return;
    }
    List<Long> stages = new ArrayList<>(List.of(outcome.request().arrivalNanos()));
    if (disaggregated) {
      stages.add(outcome.prefillEndNanos());
      stages.add(outcome.landedNanos());
    }
    stages.add(outcome.firstTokenNanos());
    assertThat(stages).as("seed %d: %s", seed, outcome).isSorted().doesNotHaveDuplicates();
    assertThat(outcome.lastTokenNanos() - outcome.firstTokenNanos()).as("seed %d: %s", seed, outcome)
        .isGreaterThanOrEqualTo((request.outputTokens() - 1) * 1_000_000L);
  }

  private static VirtualDeployment deployment(Random random, boolean disaggregated) throws SimulatorException {
    List<String> flags = new ArrayList<>(List.of("llama-3.1-8b", "--max-model-len", Integer.toString(CONTEXT),
        "--sim-kv-tokens", Integer.toString(CONTEXT + random.nextInt(2000)), "--block-size", "1",
        "--max-num-batched-tokens", Integer.toString(16 + random.nextInt(600)),
        "--max-num-seqs", Integer.toString(1 + random.nextInt(16)),
        "--sim-watermark", random.nextBoolean() ? "0" : "0.05"));
    if (random.nextBoolean()) {
      flags.add("--no-async-scheduling");
    }
    return disaggregated
        ? VirtualDeployment.disaggregated(flags, 1 + random.nextInt(3), flags, 1 + random.nextInt(3))
        : VirtualDeployment.colocated(flags, 1 + random.nextInt(3));
  }

  private static List<VirtualRequest> requests(Random random) {
    List<VirtualRequest> requests = new ArrayList<>();
    long arrival = 0;
    int count = 1 + random.nextInt(40);
    for (int i = 0; i < count; i++) {
      arrival += random.nextInt(4) == 0 ? 0 : random.nextInt(50_000_000);
      requests.add(new VirtualRequest(arrival, 1 + random.nextInt(700), 1 + random.nextInt(200)));
    }
    return requests;
  }
}
