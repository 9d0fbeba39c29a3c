package dev.attain.simulator;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Engines in virtual time: the same core and costs as {@code attain simulate-engine}, with neither HTTP nor threads nor
 * waiting. Two thousand requests take a fraction of a second.
 *
 * <p>
 * Requests go to instances in turn, as the load nodes of a run send them: request {@code i} of a colocated deployment
 * of {@code n} instances to {@code i mod n}; of a disaggregated one to prefill instance {@code i mod p} and then to
 * decode instance {@code i / p mod d}.
 *
 * <p>
 * Immutable; several threads may use one deployment. Each serving starts with cold engines and is deterministic.
 */
public final class VirtualDeployment {

  private final List<SimulatorOptions> prefill;
  private final List<SimulatorOptions> decode;

  private VirtualDeployment(List<SimulatorOptions> prefill, List<SimulatorOptions> decode) {
    this.prefill = prefill;
    this.decode = decode;
  }

  /**
   * Instances that each do prefill and decode.
   *
   * @param engineFlags
   *          as for {@code attain simulate-engine}: vLLM's and {@code --sim-} ones; those of its server have no effect
   * @throws SimulatorException
   *           with one sentence when the flags make no engine
   * @throws IllegalArgumentException
   *           for less than one instance
   */
  public static VirtualDeployment colocated(List<String> engineFlags, int instances) throws SimulatorException {
    return new VirtualDeployment(List.of(), instances(engineFlags, instances));
  }

  /**
   * Prefill instances whose KV decode instances pull, each side with flags of its own.
   *
   * @throws SimulatorException
   *           with one sentence when the flags make no engine, or the two sides do not serve the same model
   * @throws IllegalArgumentException
   *           for less than one instance of either kind
   */
  public static VirtualDeployment disaggregated(List<String> prefillFlags, int prefillInstances,
      List<String> decodeFlags, int decodeInstances) throws SimulatorException {
    VirtualDeployment deployment = new VirtualDeployment(instances(prefillFlags, prefillInstances),
        instances(decodeFlags, decodeInstances));
    String prefillModel = deployment.prefill.get(0).engine().model().name();
    String decodeModel = deployment.decode.get(0).engine().model().name();
    if (!prefillModel.equals(decodeModel)) {
      throw new SimulatorException("prefill instances serve " + prefillModel + " and decode instances " + decodeModel
          + "; KV can only be handed over within one model");
    }
    return deployment;
  }

  private static List<SimulatorOptions> instances(List<String> flags, int count) throws SimulatorException {
    if (count < 1) {
      throw new IllegalArgumentException("a deployment needs at least one instance of a kind, not " + count);
    }
    SimulatorOptions options = SimulatorOptions.parse(flags, Map.of());
    return IntStream.range(0, count).mapToObj(instance -> options).toList();
  }

  /** GPUs of all instances together. */
  public int gpus() {
    return gpus(prefill) + gpus(decode);
  }

  private static int gpus(List<SimulatorOptions> instances) {
    return instances.stream().mapToInt(each -> each.engine().tensorParallel()).sum();
  }

  /**
   * Open loop: every request arrives at its time, however busy the engines are.
   *
   * @param requests
   *          in the order of their arrivals
   * @return what became of each, in the same order; not completed are those that can never fit the context or the KV
   *         cache of an instance
   * @throws IllegalArgumentException
   *           when arrivals go back
   */
  public List<VirtualOutcome> serve(List<VirtualRequest> requests) {
    for (int i = 1; i < requests.size(); i++) {
      if (requests.get(i).arrivalNanos() < requests.get(i - 1).arrivalNanos()) {
        throw new IllegalArgumentException("request " + i + " arrives at " + requests.get(i).arrivalNanos()
            + " ns, before the one in front of it at " + requests.get(i - 1).arrivalNanos() + " ns");
      }
    }
    return run(requests, 0);
  }

  /**
   * Closed loop: that many users, each with its next request when its last one ends. Arrivals of the argument are
   * ignored; those of the outcomes are the real ones.
   *
   * @param concurrency
   *          users, at least 1
   * @return as {@link #serve}
   */
  public List<VirtualOutcome> serveClosed(int concurrency, List<VirtualRequest> requests) {
    if (concurrency < 1) {
      throw new IllegalArgumentException("a closed loop needs at least one user, not " + concurrency);
    }
    return run(requests, concurrency);
  }

  private List<VirtualOutcome> run(List<VirtualRequest> requests, int users) {
    return new VirtualRun(servers(prefill), servers(decode), this::fits, List.copyOf(requests), users).serve();
  }

  private static List<VirtualServer> servers(List<SimulatorOptions> instances) {
    return instances.stream()
        .map(each -> new VirtualServer(each.engine().newCore(), each.serving().frontEnd())).toList();
  }

  private boolean fits(VirtualRequest request) {
    return prefill.stream().allMatch(each -> fits(each.engine(), request.promptTokens(), 1))
        && decode.stream().allMatch(each -> fits(each.engine(), request.promptTokens(), request.outputTokens()));
  }

  private static boolean fits(EngineSetup engine, int promptTokens, int outputTokens) {
    long tokens = (long) promptTokens + outputTokens;
    return tokens <= engine.contextTokens() && tokens <= engine.limits().kvTokens();
  }
}
