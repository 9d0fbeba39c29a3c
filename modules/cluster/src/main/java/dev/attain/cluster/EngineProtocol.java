package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import dev.attain.engines.GpuFigures;
import dev.attain.engines.GpuInventory;
import dev.attain.engines.InstancePorts;
import dev.attain.engines.InstanceRole;
import dev.attain.engines.InstanceSpec;
import dev.attain.experiment.Engine;
import dev.attain.experiment.Model;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the coordinator and the {@link InstanceManager} of an engine node say to each other. */
final class EngineProtocol {
  private EngineProtocol() {}

  /** One instance to bring up. */
  record InstanceOrder(String id, InstanceRole role, int index, Engine engine, Model model, int tensorParallel,
      List<String> extraArguments, Map<String, String> environment, Optional<String> node) implements Wire {

    /** The instance as its node can start it. */
    InstanceSpec spec(List<Integer> gpus, String host, InstancePorts ports) {
      return new InstanceSpec(id, role, index, engine, model, tensorParallel, gpus, host, ports, extraArguments,
          environment);
    }
  }

  /** Orders to an engine node. */
  sealed interface Order extends InstanceManager.Command, Wire {}

  /**
   * Bring these instances up, each ready within the deadline; every instance is answered for on its own.
   *
   * @param gpuInterval how often to say how their GPUs are; zero: never
   */
  record Deploy(String deployment, List<InstanceOrder> instances, Duration deadline, Optional<String> logFolder,
      Duration lease, Duration gpuInterval, ActorRef<Reply> replyTo) implements Order {}

  /** The coordinator is alive; without it for the length of the lease the node stops its engines. */
  enum RenewLease implements Order {
    INSTANCE
  }

  /** Tell what GPUs the node has now. */
  record TakeInventory(ActorRef<Reply> replyTo) implements Order {}

  /** Stop every instance. */
  record Undeploy(ActorRef<Reply> replyTo) implements Order {}

  /** Answers of an engine node. */
  sealed interface Reply extends Wire {}

  /**
   * Something to show while waiting: "capturing graphs", "16 of 51". A start from the beginning says "starting".
   *
   * @param progress how far it is with the phase, empty when it does not tell
   */
  record InstanceState(String id, List<Integer> gpus, String phase, String progress) implements Reply {
    static final String STARTING = "starting";
  }

  /** Something a person should know. */
  record Note(String sentence) implements Reply {}

  /**
   * What GPUs an engine node has.
   *
   * @param calls what a configuration may call the node: host name, address, address with port
   * @param gpus empty without {@code nvidia-smi}
   * @param problem why it cannot be told, as a sentence
   */
  record Inventory(String engineNode, List<String> calls, Optional<GpuInventory> gpus,
      Optional<String> problem) implements Reply {}

  /** The instance serves; {@code environment} is what it was given beside what its node has. */
  record InstanceUp(String id, InstanceRole role, String engineNode, String baseUri, List<String> command,
      Map<String, String> environment, int tensorParallel, List<Integer> gpus, String version,
      long processId) implements Reply {}

  /** The instance did not come up, or was up and is gone; the reason holds the last lines of its log. */
  record InstanceDown(String id, String reason) implements Reply {}

  /** How the GPUs of this engine node are on which instances of the deployment were started. */
  record GpusSeen(String engineNode, List<GpuFigures> figures) implements Reply {}

  /** No instance runs on this engine node any more; a reason for each that would not stop. */
  record Undeployed(String engineNode, List<String> problems) implements Reply {}
}
