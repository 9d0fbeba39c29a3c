package dev.attain.cluster;

import dev.attain.engines.EngineKind;
import dev.attain.engines.InstancePorts;
import dev.attain.engines.InstanceRole;
import dev.attain.engines.InstanceSpec;
import dev.attain.engines.LaunchPlan;
import dev.attain.engines.ModelFolder;
import dev.attain.engines.RouterPlan;
import dev.attain.engines.SelfCommand;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.HandOver;
import dev.attain.experiment.Model;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a deployment would start, as text; ports stand for those that a run picks among the free ones. */
public final class DeploymentPreview {
  private static final int FIRST_PORT = 8100;
  private static final int FIRST_SIDE_CHANNEL_PORT = 5600;
  private static final int FIRST_INTERNAL_PORT = 20_000;

  private DeploymentPreview() {}

  /**
   * Where the instances would go if this machine had to take them all now; empty when it has no GPUs to choose from.
   *
   * @throws IOException when they do not fit; the message is a sentence for the user
   */
  public static Map<String, List<Integer>> placement(Deployment deployment, Model model)
      throws IOException, InterruptedException {
    return DeploymentPlan.placement(DeploymentPlan.instances(deployment, model), Duration.ZERO).gpus();
  }

  /** Why no instance could load the model on this machine, as a run would say it; empty when nothing is known. */
  public static Optional<String> modelProblem(Deployment deployment, Model model) {
    return DeploymentPlan.instances(deployment, model).stream().findFirst()
        .flatMap(order -> ModelFolder.problem(order.engine(), model));
  }

  /**
   * One line for each instance with its full command line, or for each address that already serves.
   *
   * @param gpus by instance, as {@link #placement} gives them
   */
  public static List<String> lines(Deployment deployment, Model model, SelfCommand self,
      Map<String, List<Integer>> gpus) {
    List<String> lines = new ArrayList<>();
    Map<InstanceRole, List<URI>> sides = new EnumMap<>(InstanceRole.class);
    if (deployment instanceof Deployment.External external) {
      String endpoint = external.handOver() == HandOver.ROUTER ? "serves already (router): " : "serves already: ";
      String decode = external.handOver() == HandOver.SIDECAR
          ? "serves already (decode, behind its sidecar): "
          : "serves already (decode): ";
      external.endpoints().forEach(uri -> lines.add(endpoint + uri));
      external.prefill().forEach(uri -> lines.add("serves already (prefill): " + uri));
      external.decode().forEach(uri -> lines.add(decode + uri));
    }
    for (EngineProtocol.InstanceOrder order : DeploymentPlan.instances(deployment, model)) {
      int position = lines.size();
      InstanceSpec spec = order.spec(gpus.getOrDefault(order.id(), List.of()), "127.0.0.1",
          new InstancePorts(FIRST_PORT + position, FIRST_SIDE_CHANNEL_PORT + position,
              FIRST_INTERNAL_PORT + 30 * position));
      LaunchPlan plan = EngineKind.of(order.engine()).plan(spec, self);
      sides.computeIfAbsent(order.role(), role -> new ArrayList<>()).add(plan.baseUri());
      lines.add(order.id() + ": " + plan.shellLine());
    }
    if (deployment instanceof Deployment.Disaggregated disaggregated) {
      disaggregated.router().ifPresent(router -> lines.add(RouterProcess.ID + ": " + RouterPlan.of(router, "127.0.0.1",
          FIRST_PORT + lines.size(), sides.get(InstanceRole.PREFILL), sides.get(InstanceRole.DECODE)).shellLine()));
    }
    return lines;
  }
}
