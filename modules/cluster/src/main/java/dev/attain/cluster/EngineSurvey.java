package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.attain.engines.Gpu;
import dev.attain.engines.GpuInventory;
import dev.attain.engines.PlacementException;
import dev.attain.engines.Spread;
import dev.attain.experiment.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds engine nodes for the instances of one deployment: asks every node for its GPUs, and goes on asking, also those
 * that join later, until the instances fit or there is no time left. Answers once and stops.
 */
final class EngineSurvey extends AbstractOnMessageBehavior<EngineSurvey.Command> {
  sealed interface Command {}

  /** The engine nodes that there are now, by address, in the order in which they are filled. */
  record Nodes(Map<String, ActorRef<InstanceManager.Command>> managers) implements Command {}

  private record FromNode(EngineProtocol.Reply reply) implements Command {}

  private enum AskAgain implements Command {
    INSTANCE
  }

  private enum Deadline implements Command {
    INSTANCE
  }

  /** What the asker hears. */
  sealed interface Answer {
    /** Its name: an answer may come when it is no longer wanted. */
    String deployment();
  }

  /** What each node is to start, and the GPUs of all nodes. */
  record Assigned(String deployment, Map<String, List<EngineProtocol.InstanceOrder>> orders,
      Map<String, GpuInventory> gpus) implements Answer {}

  /** It does not fit yet; nodes that join are waited for. Told at most once. */
  record Waiting(String deployment, String reason) implements Answer {}

  /** It does not fit. */
  record TooLittle(String deployment, String reason) implements Answer {}

  private static final Duration ASKED_EVERY = Duration.ofSeconds(2);
  /** The memory of engines that have just ended comes free late. */
  private static final Duration GPU_RELEASE = Duration.ofSeconds(30);

  private final String deployment;
  private final List<EngineProtocol.InstanceOrder> wanted;
  private final boolean othersMayJoin;
  private final ActorRef<Answer> asker;
  private final ActorRef<EngineProtocol.Reply> replies;
  private final Map<String, EngineProtocol.Inventory> inventories = new LinkedHashMap<>();
  /** Those that have not answered the last question yet. */
  private final Set<String> asked = new HashSet<>();
  private Map<String, ActorRef<InstanceManager.Command>> managers = Map.of();
  private Optional<String> missing = Optional.empty();
  private boolean waitingTold;
  private boolean outOfTime;

  /**
   * @param wanted instances of one deployment, all of one engine, at least one
   * @param nodesJoin how long engine nodes may take to join; empty when nobody can
   */
  static Behavior<Command> create(String deployment, List<EngineProtocol.InstanceOrder> wanted,
      Optional<Duration> nodesJoin, ActorRef<Answer> asker) {
    return Behaviors.setup(context -> Behaviors.withTimers(
        timers -> new EngineSurvey(context, timers, deployment, wanted, nodesJoin, asker)));
  }

  private EngineSurvey(ActorContext<Command> context, TimerScheduler<Command> timers, String deployment,
      List<EngineProtocol.InstanceOrder> wanted, Optional<Duration> nodesJoin, ActorRef<Answer> asker) {
    super(context);
    this.deployment = deployment;
    this.wanted = wanted;
    this.othersMayJoin = nodesJoin.isPresent();
    this.asker = asker;
    this.replies = context.messageAdapter(EngineProtocol.Reply.class, FromNode::new);
    timers.startSingleTimer(Deadline.INSTANCE, nodesJoin.orElse(GPU_RELEASE));
    timers.startTimerWithFixedDelay(AskAgain.INSTANCE, ASKED_EVERY);
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Nodes nodes -> onNodes(nodes.managers());
      case FromNode from -> onReply(from.reply());
      case AskAgain again -> ask();
      case Deadline deadline -> onDeadline();
    };
  }

  private Behavior<Command> onNodes(Map<String, ActorRef<InstanceManager.Command>> now) {
    managers = new LinkedHashMap<>(now);
    inventories.keySet().retainAll(now.keySet());
    asked.retainAll(now.keySet());
    return needsNoGpus() ? inTurn() : ask();
  }

  private boolean needsNoGpus() {
    return wanted.getFirst().engine() instanceof Engine.Simulator
        && wanted.stream().allMatch(order -> order.node().isEmpty());
  }

  /** Nobody needs to be asked for what nobody needs. */
  private Behavior<Command> inTurn() {
    managers.forEach((name, manager) -> inventories.put(name,
        new EngineProtocol.Inventory(name, List.of(), Optional.empty(), Optional.empty())));
    return managers.isEmpty() ? this : spread();
  }

  /** Asks who has not been asked, and everybody again where it did not fit. */
  private Behavior<Command> ask() {
    managers.forEach((name, manager) -> {
      boolean wantsToKnow = missing.isPresent() || !inventories.containsKey(name);
      // One question at a time: nvidia-smi may take longer than the time between two.
      if (wantsToKnow && asked.add(name)) {
        manager.tell(new EngineProtocol.TakeInventory(replies));
      }
    });
    return this;
  }

  private Behavior<Command> onReply(EngineProtocol.Reply reply) {
    if (!(reply instanceof EngineProtocol.Inventory inventory) || !managers.containsKey(inventory.engineNode())) {
      return this;
    }
    asked.remove(inventory.engineNode());
    inventories.put(inventory.engineNode(), inventory);
    return inventories.keySet().containsAll(managers.keySet()) ? spread() : this;
  }

  private Behavior<Command> spread() {
    List<Spread.Node> known = nodes();
    if (known.isEmpty()) {
      return notYet(inventories.values().stream().flatMap(inventory -> inventory.problem().stream()).findFirst()
          .orElse("no engine node has told what GPUs it has"));
    }
    try {
      Map<String, String> nodes = Spread.of(
          wanted.stream().map(order -> new Spread.Instance(order.id(), order.tensorParallel(), order.node())).toList(),
          wanted.getFirst().engine(), known);
      Map<String, String> addresses = new HashMap<>();
      managers.keySet().forEach(address -> addresses.put(NodeSystem.hostAndPort(address), address));
      Map<String, List<EngineProtocol.InstanceOrder>> orders = new LinkedHashMap<>();
      wanted.forEach(order -> orders
          .computeIfAbsent(addresses.get(nodes.get(order.id())), address -> new ArrayList<>()).add(order));
      Map<String, GpuInventory> gpus = new LinkedHashMap<>();
      inventories.forEach((name, inventory) -> inventory.gpus().ifPresent(found -> gpus.put(name, found)));
      asker.tell(new Assigned(deployment, orders, gpus));
      return Behaviors.stopped();
    } catch (PlacementException e) {
      return notYet(e.getMessage());
    }
  }

  /** Those whose GPUs are known, in the order in which they are filled. */
  private List<Spread.Node> nodes() {
    return managers.keySet().stream().map(inventories::get).filter(found -> found != null)
        .filter(inventory -> inventory.problem().isEmpty())
        .map(inventory -> new Spread.Node(NodeSystem.hostAndPort(inventory.engineNode()),
            Set.copyOf(inventory.calls()), inventory.gpus()))
        .toList();
  }

  private Behavior<Command> notYet(String reason) {
    missing = Optional.of(reason);
    if (outOfTime || (!othersMayJoin && !mayComeFree())) {
      return giveUp();
    }
    if (!waitingTold) {
      waitingTold = true;
      asker.tell(new Waiting(deployment, reason));
    }
    return this;
  }

  private boolean mayComeFree() {
    return inventories.values().stream().flatMap(inventory -> inventory.gpus().stream())
        .flatMap(gpus -> gpus.gpus().stream()).anyMatch(Gpu::inUse);
  }

  /** The others may do when one node does not answer. */
  private Behavior<Command> onDeadline() {
    outOfTime = true;
    return missing.isEmpty() && !inventories.isEmpty() ? spread() : giveUp();
  }

  private Behavior<Command> giveUp() {
    List<String> silent = managers.keySet().stream().filter(name -> !inventories.containsKey(name))
        .map(NodeSystem::hostAndPort).toList();
    asker.tell(new TooLittle(deployment, missing.orElse("it is not known what GPUs the engine nodes have")
        + (silent.isEmpty() ? "" : "; no answer from " + String.join(", ", silent))));
    return Behaviors.stopped();
  }
}
