package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import dev.attain.engines.Gpu;
import dev.attain.engines.GpuInventory;
import dev.attain.engines.InstanceSpec;
import dev.attain.engines.LaunchPlan;
import dev.attain.engines.NodePlacement;
import dev.attain.engines.NvidiaSmi;
import dev.attain.engines.SelfCommand;
import dev.attain.experiment.Engine;
import dev.attain.measurement.NanoClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Starts and stops the engine instances of one engine node, one {@link Instance} child for each. Stops them all when the
 * coordinator has not been heard of for the length of its lease.
 */
final class InstanceManager extends AbstractOnMessageBehavior<InstanceManager.Command> {
  sealed interface Command permits EngineProtocol.Order, Internal {}

  /** What the actor tells itself. */
  sealed interface Internal extends Command {}

  private record FromInstance(Instance.Event event) implements Internal {}

  private record InstanceGone(String id) implements Internal {}

  private record Placed(EngineProtocol.Deploy deploy, Optional<NodePlacement> placement,
      Optional<String> problem) implements Internal {}

  private record Counted(EngineProtocol.Inventory inventory,
      ActorRef<EngineProtocol.Reply> replyTo) implements Internal {}

  private enum LeaseEnded implements Internal {
    INSTANCE
  }

  static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "instance-manager");

  private static final NanoClock CLOCK = NanoClock.system();
  /** How long the memory of engines that have just ended may take to come free. */
  private static final Duration GPU_RELEASE = Duration.ofSeconds(30);

  private final TimerScheduler<Command> timers;
  private final String host;
  private final SelfCommand self;
  private final ActorRef<Instance.Event> fromInstances;
  private final Map<String, ActorRef<Instance.Command>> instances = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private Optional<ActorRef<GpuWatcher.Command>> gpuWatcher = Optional.empty();
  private Duration lease = Duration.ofSeconds(10);
  private Optional<ActorRef<EngineProtocol.Reply>> listener = Optional.empty();
  private Optional<EngineProtocol.Deploy> placing = Optional.empty();
  private Optional<ActorRef<EngineProtocol.Reply>> undeploying = Optional.empty();

  /** @param host the address that engines of this node listen on */
  static Behavior<Command> create(String host, SelfCommand self) {
    return Behaviors.setup(context -> {
      context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
      return Behaviors.withTimers(timers -> new InstanceManager(context, timers, host, self));
    });
  }

  private InstanceManager(ActorContext<Command> context, TimerScheduler<Command> timers, String host,
      SelfCommand self) {
    super(context);
    this.timers = timers;
    this.host = host;
    this.self = self;
    this.fromInstances = context.messageAdapter(Instance.Event.class, FromInstance::new);
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case EngineProtocol.Deploy deploy -> onDeploy(deploy);
      case EngineProtocol.TakeInventory ask -> onTakeInventory(ask.replyTo());
      case Counted counted -> {
        counted.replyTo().tell(counted.inventory());
        yield this;
      }
      case EngineProtocol.RenewLease renew -> {
        if (timers.isTimerActive(LeaseEnded.INSTANCE)) {
          timers.startSingleTimer(LeaseEnded.INSTANCE, lease);
        }
        yield this;
      }
      case EngineProtocol.Undeploy undeploy -> {
        undeploying = Optional.of(undeploy.replyTo());
        yield stopAll();
      }
      case Placed placed -> onPlaced(placed);
      case FromInstance from -> onEvent(from.event());
      case InstanceGone gone -> {
        instances.remove(gone.id());
        yield finishIfEmpty();
      }
      case LeaseEnded ended -> {
        String reason = "nothing was heard of the coordinator for %d s; its node stops its engines"
            .formatted(lease.toSeconds());
        getContext().getLog().warn(reason);
        // A coordinator that was only asleep has to learn that its engines are gone.
        instances.keySet().forEach(id -> reply(new EngineProtocol.InstanceDown(id, reason)));
        placing.stream().flatMap(deploy -> deploy.instances().stream())
            .forEach(order -> reply(new EngineProtocol.InstanceDown(order.id(), reason)));
        yield stopAll();
      }
    };
  }

  private Behavior<Command> onDeploy(EngineProtocol.Deploy deploy) {
    listener = Optional.of(deploy.replyTo());
    lease = deploy.lease();
    timers.startSingleTimer(LeaseEnded.INSTANCE, lease);
    if (deploy.instances().stream().allMatch(order -> order.engine() instanceof Engine.Simulator)) {
      return launchAll(deploy, NodePlacement.NONE);
    }
    placing = Optional.of(deploy);
    Executor blocking = getContext().getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    getContext().pipeToSelf(CompletableFuture.supplyAsync(() -> place(deploy), blocking),
        (placement, failure) -> new Placed(deploy, Optional.ofNullable(placement),
            Optional.ofNullable(failure).map(Reasons::of)));
    return this;
  }

  private Behavior<Command> onTakeInventory(ActorRef<EngineProtocol.Reply> replyTo) {
    List<String> calls = NodeSystem.calls(getContext().getSystem());
    String engineNode = address();
    Executor blocking = getContext().getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    getContext().pipeToSelf(CompletableFuture.supplyAsync(InstanceManager::gpus, blocking),
        (gpus, failure) -> new Counted(
            new EngineProtocol.Inventory(engineNode, calls, failure == null ? gpus : Optional.empty(),
                Optional.ofNullable(failure).map(Reasons::of)),
            replyTo));
    return this;
  }

  private static Optional<GpuInventory> gpus() {
    try {
      return NvidiaSmi.inventory();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while counting GPUs", e);
    }
  }

  private static NodePlacement place(EngineProtocol.Deploy deploy) {
    try {
      return DeploymentPlan.placement(deploy.instances(), GPU_RELEASE);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking for free GPUs", e);
    }
  }

  private Behavior<Command> onPlaced(Placed placed) {
    // Taken back, or followed by another, while nvidia-smi was asked.
    if (!placing.equals(Optional.of(placed.deploy()))) {
      return this;
    }
    placing = Optional.empty();
    placed.placement().ifPresent(placement -> watchGpus(placed.deploy(), placement.gpus()));
    placed.problem().ifPresent(problem -> placed.deploy().instances().forEach(order -> placed.deploy().replyTo()
        .tell(new EngineProtocol.InstanceDown(order.id(), "could not be placed: " + problem))));
    return placed.placement().map(placement -> launchAll(placed.deploy(), placement)).orElse(this);
  }

  private void watchGpus(EngineProtocol.Deploy deploy, Map<String, List<Integer>> gpus) {
    Map<Integer, String> instances = new TreeMap<>();
    gpus.forEach((instance, numbers) -> numbers
        .forEach(number -> instances.merge(number, instance, (one, other) -> one + ", " + other)));
    if (instances.isEmpty() || deploy.gpuInterval().isZero()) {
      return;
    }
    try {
      gpuWatcher = Optional.of(getContext().spawnAnonymous(GpuWatcher.create(new GpuWatcher.Setup(deploy.gpuInterval(),
          instances, logFolder(deploy).resolve(deploy.deployment() + "-gpus.csv"), deploy.replyTo()))));
    } catch (IOException e) {
      getContext().getLog().warn("GPUs are not watched: {}", Reasons.of(e));
    }
  }

  private static Path logFolder(EngineProtocol.Deploy deploy) throws IOException {
    return deploy.logFolder().isPresent()
        ? Files.createDirectories(Path.of(deploy.logFolder().get()))
        : Files.createTempDirectory("attain-engine-logs-");
  }

  private Behavior<Command> launchAll(EngineProtocol.Deploy deploy, NodePlacement placement) {
    for (EngineProtocol.InstanceOrder order : deploy.instances()) {
      try {
        launch(order, placement.gpusOf(order.id()), deploy);
      } catch (IOException | RuntimeException e) {
        deploy.replyTo().tell(new EngineProtocol.InstanceDown(order.id(), "could not start: " + Reasons.of(e)));
      }
    }
    return this;
  }

  private void launch(EngineProtocol.InstanceOrder order, List<Gpu> gpus, EngineProtocol.Deploy deploy)
      throws IOException {
    InstanceStart start = new InstanceStart(order, gpus, host, self,
        logFolder(deploy).resolve(deploy.deployment() + "-" + order.id() + ".log"),
        CLOCK, CLOCK.nanos() + deploy.deadline().toNanos());
    ActorRef<Instance.Command> instance = getContext().spawn(Instance.create(start, fromInstances),
        "instance-" + order.id());
    // Its end and not its last word: only then is its name free for the next deployment, and a failed one has no words.
    getContext().watchWith(instance, new InstanceGone(order.id()));
    instances.put(order.id(), instance);
  }

  private Behavior<Command> onEvent(Instance.Event event) {
    return switch (event) {
      case Instance.Event.State state -> reply(
          new EngineProtocol.InstanceState(state.id(), state.gpus(), state.phase(), state.progress()));
      case Instance.Event.Note note -> reply(new EngineProtocol.Note(note.sentence()));
      case Instance.Event.Up up -> onUp(up.running(), up.version());
      case Instance.Event.Down down -> reply(new EngineProtocol.InstanceDown(down.id(), down.reason()));
      case Instance.Event.WouldNotStop stuck -> {
        problems.add(stuck.id() + ": " + stuck.problem());
        yield this;
      }
    };
  }

  private Behavior<Command> onUp(InstanceStart.Running up, String version) {
    InstanceSpec spec = up.spec();
    LaunchPlan plan = up.plan();
    return reply(new EngineProtocol.InstanceUp(spec.id(), spec.role(), address(), plan.baseUri().toString(),
        plan.command(), plan.environment(), spec.tensorParallel(), spec.gpus(), version, up.process().pid()));
  }

  private String address() {
    return getContext().getSystem().address().toString();
  }

  private Behavior<Command> reply(EngineProtocol.Reply reply) {
    listener.ifPresent(actor -> actor.tell(reply));
    return this;
  }

  private Behavior<Command> stopAll() {
    timers.cancel(LeaseEnded.INSTANCE);
    placing = Optional.empty();
    gpuWatcher.ifPresent(getContext()::stop);
    gpuWatcher = Optional.empty();
    instances.values().forEach(instance -> instance.tell(Instance.Stop.INSTANCE));
    return finishIfEmpty();
  }

  private Behavior<Command> finishIfEmpty() {
    if (!instances.isEmpty()) {
      return this;
    }
    undeploying.ifPresent(asker -> asker.tell(new EngineProtocol.Undeployed(address(), List.copyOf(problems))));
    undeploying = Optional.empty();
    problems.clear();
    return this;
  }
}
