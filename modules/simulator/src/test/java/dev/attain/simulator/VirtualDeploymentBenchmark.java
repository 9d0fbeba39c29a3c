package dev.attain.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Not a test: how long a virtual deployment takes for one point of 2,000 requests at 30 a second, with prompts around
 * 1000 and answers around 200 tokens, colocated on two GPUs and as one prefill and one decode instance.
 */
public final class VirtualDeploymentBenchmark {

  private static final int REQUESTS = 2_000;
  private static final double REQUESTS_PER_SECOND = 30;

  private VirtualDeploymentBenchmark() {}

  /** Runs both five times; the last ones are warm. */
  public static void main(String[] arguments) throws SimulatorException {
    List<String> flags = List.of("llama-3.1-8b", "--sim-gpu", "h100");
    List<VirtualRequest> requests = requests();
    for (int round = 0; round < 5; round++) {
      measure("2 colocated", VirtualDeployment.colocated(flags, 2), requests);
      measure("1 prefill + 1 decode", VirtualDeployment.disaggregated(flags, 1, flags, 1), requests);
    }
  }

  private static void measure(String name, VirtualDeployment deployment, List<VirtualRequest> requests) {
    long start = System.nanoTime();
    List<VirtualOutcome> outcomes = deployment.serve(requests);
    double seconds = (System.nanoTime() - start) / 1e9;
    long tokens = outcomes.stream().mapToLong(each -> each.request().outputTokens()).sum();
    System.out.println(String.format(Locale.ROOT, "%s: %d requests, %d tokens in %.3f s: %.1f million tokens/s", name,
        outcomes.size(), tokens, seconds, tokens / seconds / 1e6));
  }

  private static List<VirtualRequest> requests() {
    Random random = new Random(1);
    List<VirtualRequest> requests = new ArrayList<>();
    double seconds = 0;
    for (int i = 0; i < REQUESTS; i++) {
      seconds -= Math.log(1 - random.nextDouble()) / REQUESTS_PER_SECOND;
      requests.add(new VirtualRequest(Math.round(seconds * 1e9), 500 + random.nextInt(1000),
          100 + random.nextInt(200)));
    }
    return requests;
  }
}
