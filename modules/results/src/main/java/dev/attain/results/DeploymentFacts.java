package dev.attain.results;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.Engine;
import java.util.Locale;

/**
 * The shape of a deployment, as later readers of the bundle need it.
 *
 * @param kind {@code colocated}, {@code disaggregated} or {@code external}
 * @param gpus of all instances together, 0 when nobody said
 * @param engine in words, such as {@code simulator, llama-3.1-8b on h100}
 * @param instances that do prefill and decode both
 * @param tensorParallel GPUs of each such instance, 0 when there is none or when it is unknown; likewise for the two
 *   roles
 * @param handOver who passes requests on from prefill to decode: {@code client}, {@code router} or {@code sidecar};
 *   empty where nobody has to
 */
public record DeploymentFacts(String name, String kind, int gpus, String engine, int instances, int tensorParallel,
    int prefillInstances, int prefillTensorParallel, int decodeInstances, int decodeTensorParallel, String handOver) {

  /** The facts of a configured deployment. */
  public static DeploymentFacts of(Deployment deployment) {
    return switch (deployment) {
      case Deployment.Colocated it -> new DeploymentFacts(it.name(), "colocated", it.gpus(), words(it.engine()),
          it.replicas(), it.tensorParallel(), 0, 0, 0, 0, "");
      case Deployment.Disaggregated it -> new DeploymentFacts(it.name(), "disaggregated", it.gpus(),
          words(it.engine()), 0, 0, it.prefill().instances(), it.prefill().tensorParallel(), it.decode().instances(),
          it.decode().tensorParallel(), "client");
      case Deployment.External it when it.prefill().isEmpty() -> new DeploymentFacts(it.name(), "external", it.gpus(),
          "already serving", it.endpoints().size(), 0, 0, 0, 0, 0, "");
      case Deployment.External it -> new DeploymentFacts(it.name(), "external", it.gpus(), "already serving", 0, 0,
          it.prefill().size(), 0, it.decode().size(), 0, it.handOver().name().toLowerCase(Locale.ROOT));
    };
  }

  /** Whether prefill and decode run on instances of their own. */
  public boolean disaggregated() {
    return prefillInstances > 0;
  }

  /** Among how many instances the requests are divided: colocated ones, or those of the role that has more. */
  public int sharing() {
    return Math.max(1, Math.max(instances, Math.max(prefillInstances, decodeInstances)));
  }

  /** The shape as the field writes it: {@code 2 x TP 1}, {@code 1P1D, TP 1 and 2}, or {@code 1P1D, through a router}. */
  public String shape() {
    if (disaggregated()) {
      String sides = prefillInstances + "P" + decodeInstances + "D";
      String shape = prefillTensorParallel > 0
          ? sides + ", TP " + prefillTensorParallel + " and " + decodeTensorParallel
          : sides;
      return switch (handOver) {
        case "router" -> shape + ", through a router";
        case "sidecar" -> shape + ", through sidecars";
        default -> shape;
      };
    }
    return tensorParallel > 0
        ? instances + " x TP " + tensorParallel
        : instances + (instances == 1 ? " endpoint" : " endpoints");
  }

  private static String words(Engine engine) {
    return switch (engine) {
      case Engine.Simulator simulator -> "simulator, " + simulator.model() + " on " + simulator.gpu();
      case Engine.Installed installed -> installed.kind();
    };
  }
}
