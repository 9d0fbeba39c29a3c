package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import dev.attain.client.Target;
import dev.attain.engines.LaunchPlan;
import dev.attain.engines.Ports;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Nodes;
import dev.attain.experiment.Router;
import dev.attain.measurement.NanoClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The engine nodes of a run, seen from the coordinator: spreads the instances of a deployment over them in turn, waits
 * until all are up, keeps their lease alive, and takes them down.
 */
final class Fleet extends AbstractOnMessageBehavior<Fleet.Command> {
  sealed interface Command {}

  /** Bring this deployment up. */
  record Deploy(Deployment deployment) implements Command {}

  /** Take the deployment down. */
  enum Undeploy implements Command {
    INSTANCE
  }

  private record Listed(Receptionist.Listing listing) implements Command {}

  private record FromNode(EngineProtocol.Reply reply) implements Command {}

  private record FromSurvey(EngineSurvey.Answer answer) implements Command {}

  private record FromRouter(String deployment, RouterProcess.Event event) implements Command {}

  private enum RouterGone implements Command {
    INSTANCE
  }

  private record ManagerGone(String engineNode) implements Command {}

  private enum KeepAlive implements Command {
    INSTANCE
  }

  /** Time to show how far the instances are. */
  private enum Show implements Command {
    INSTANCE
  }

  private enum ReadyDeadline implements Command {
    INSTANCE
  }

  private enum UndeployDeadline implements Command {
    INSTANCE
  }

  /** What the coordinator hears. */
  sealed interface Event {}

  /** Something to store or to show. */
  record Happened(RunEvent event) implements Event {}

  record GpusSeen(ServerSampler.GpusSeen seen) implements Event {}

  record Deployed(String deployment, Target target) implements Event {}

  record InstanceLost(String reason) implements Event {}

  record Failed(String reason) implements Event {}

  record Undeployed(List<String> problems) implements Event {}

  private static final Duration SHOWN_EVERY = Duration.ofSeconds(1);

  private final RunContext run;
  private final String localLogs;
  private final ActorRef<Event> coordinator;
  private final TimerScheduler<Command> timers;
  private final ActorRef<EngineProtocol.Reply> replies;
  private final Roster roster;
  private final List<String> problems = new ArrayList<>();
  private List<ActorRef<InstanceManager.Command>> managers = List.of();
  private Optional<ActorRef<EngineSurvey.Command>> survey = Optional.empty();
  private Optional<ActorRef<RouterProcess.Command>> router = Optional.empty();
  private Optional<Deployment> deploying = Optional.empty();
  private Optional<Deployment> deployed = Optional.empty();
  /** The engine nodes that still have to say that their engines are gone. */
  private Optional<RollCall> undeploying = Optional.empty();

  /** @param localLogs where engine logs go that are written on this machine */
  static Behavior<Command> create(RunContext run, NanoClock clock, String localLogs, ActorRef<Event> coordinator) {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Fleet(context, timers, run, clock, localLogs,
        coordinator)));
  }

  private Fleet(ActorContext<Command> context, TimerScheduler<Command> timers, RunContext run, NanoClock clock,
      String localLogs, ActorRef<Event> coordinator) {
    super(context);
    this.run = run;
    this.roster = new Roster(clock);
    this.localLogs = localLogs;
    this.coordinator = coordinator;
    this.timers = timers;
    this.replies = context.messageAdapter(EngineProtocol.Reply.class, FromNode::new);
    context.getSystem().receptionist().tell(Receptionist.subscribe(InstanceManager.KEY,
        context.messageAdapter(Receptionist.Listing.class, Listed::new)));
    timers.startTimerWithFixedDelay(KeepAlive.INSTANCE, run.keepAliveInterval());
    timers.startTimerWithFixedDelay(Show.INSTANCE, SHOWN_EVERY);
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Listed listed -> onListed(listed.listing());
      case Deploy deploy -> onDeploy(deploy.deployment());
      case FromNode from -> onReply(from.reply());
      case FromSurvey from -> onSurvey(from.answer());
      case FromRouter from -> onRouter(from.deployment(), from.event());
      case RouterGone gone -> {
        router = Optional.empty();
        yield finishIfUndeployed();
      }
      case KeepAlive tick -> {
        managers.forEach(manager -> manager.tell(EngineProtocol.RenewLease.INSTANCE));
        yield this;
      }
      case Show show -> {
        deploying.ifPresent(deployment -> coordinator.tell(new Happened(roster.progress())));
        yield this;
      }
      case ReadyDeadline deadline -> fail("engines were not ready within %d s: %s".formatted(
          run.experiment().deadlines().enginesReady().toSeconds(), roster.describe()));
      case ManagerGone gone -> onManagerGone(gone.engineNode());
      case Undeploy undeploy -> onUndeploy();
      case UndeployDeadline deadline -> {
        problems.add("engines were not gone within %d s: %s".formatted(
            run.experiment().deadlines().undeploy().toSeconds(),
            undeploying.map(RollCall::describe).orElse("") + "; " + roster.describe()));
        undeploying.ifPresent(RollCall::heardAll);
        router = Optional.empty();
        yield finishIfUndeployed();
      }
    };
  }

  private Behavior<Command> onListed(Receptionist.Listing listing) {
    // Instances go to this machine first, so that a run on one machine needs no other.
    managers = listing.getServiceInstances(InstanceManager.KEY).stream()
        .sorted(Comparator.comparing((ActorRef<InstanceManager.Command> ref) -> isRemote(ref))
            .thenComparing(ref -> ref.path().toSerializationFormat()))
        .toList();
    survey.ifPresent(this::tellNodes);
    return this;
  }

  private Behavior<Command> onDeploy(Deployment deployment) {
    deploying = Optional.of(deployment);
    roster.clear();
    problems.clear();
    List<EngineProtocol.InstanceOrder> orders = DeploymentPlan.instances(deployment, run.experiment().model());
    if (orders.isEmpty()) {
      return deployedNow(deployment);
    }
    orders.forEach(order -> roster.expect(order.id()));
    survey = Optional
        .of(getContext().spawnAnonymous(EngineSurvey.create(deployment.name(), orders, run.engineNodesJoin(),
            getContext().messageAdapter(EngineSurvey.Answer.class, FromSurvey::new))));
    survey.ifPresent(this::tellNodes);
    return this;
  }

  private void tellNodes(ActorRef<EngineSurvey.Command> asking) {
    Map<String, ActorRef<InstanceManager.Command>> byAddress = new LinkedHashMap<>();
    managers.forEach(manager -> byAddress.put(engineNode(manager), manager));
    asking.tell(new EngineSurvey.Nodes(byAddress));
  }

  private Behavior<Command> onSurvey(EngineSurvey.Answer answer) {
    if (deploying.isEmpty() || !deploying.get().name().equals(answer.deployment())) {
      return this;
    }
    return switch (answer) {
      case EngineSurvey.Waiting waiting -> {
        coordinator.tell(new Happened(new RunEvent.Noted("waiting for GPUs: %s; engine nodes join with: attain node"
            .formatted(waiting.reason()) + " --role engine --join "
            + NodeSystem.hostAndPort(getContext().getSystem()))));
        yield this;
      }
      case EngineSurvey.TooLittle little -> fail("engines of %s: %s".formatted(little.deployment(), little.reason()));
      case EngineSurvey.Assigned assigned -> {
        survey = Optional.empty();
        assigned.gpus().forEach((node, inventory) -> coordinator.tell(
            new Happened(new RunEvent.GpusFound(node, inventory.gpus()))));
        yield launch(deploying.get(), assigned.orders());
      }
    };
  }

  private Behavior<Command> launch(Deployment deployment, Map<String, List<EngineProtocol.InstanceOrder>> orders) {
    Duration patience = run.experiment().deadlines().enginesReady();
    // Each node has the deadline too, and knows why; this one is for a node that says nothing.
    timers.startSingleTimer(ReadyDeadline.INSTANCE, patience.plus(patience.dividedBy(10)));
    managers.stream().filter(manager -> orders.containsKey(engineNode(manager))).forEach(manager -> {
      watch(manager);
      manager.tell(new EngineProtocol.Deploy(deployment.name(), orders.get(engineNode(manager)), patience,
          isRemote(manager) ? Optional.empty() : Optional.of(localLogs), run.experiment().deadlines().lease(),
          run.experiment().monitoring().interval(), replies));
    });
    return this;
  }

  private Behavior<Command> onManagerGone(String engineNode) {
    String reason = "engine node %s is gone, and its engines with it".formatted(engineNode);
    if (deploying.isPresent()) {
      return fail(reason);
    }
    deployed.ifPresent(deployment -> coordinator.tell(new InstanceLost(reason)));
    return undeployedOn(engineNode);
  }

  private Behavior<Command> onReply(EngineProtocol.Reply reply) {
    return switch (reply) {
      case EngineProtocol.InstanceState state -> {
        roster.reached(state);
        yield this;
      }
      case EngineProtocol.Note note -> {
        coordinator.tell(new Happened(new RunEvent.Noted(note.sentence())));
        yield this;
      }
      case EngineProtocol.InstanceUp up -> onUp(up);
      case EngineProtocol.Inventory toSomebodyElse -> this;
      case EngineProtocol.InstanceDown down -> onDown(down);
      case EngineProtocol.GpusSeen seen -> {
        coordinator.tell(new GpusSeen(new ServerSampler.GpusSeen(seen.engineNode(), seen.figures())));
        yield this;
      }
      case EngineProtocol.Undeployed undeployed -> {
        problems.addAll(undeployed.problems());
        yield undeployedOn(undeployed.engineNode());
      }
    };
  }

  private Behavior<Command> onUp(EngineProtocol.InstanceUp up) {
    roster.up(up.id(), URI.create(up.baseUri()), up.version());
    String deployment = deploying.map(Deployment::name).orElse("");
    coordinator.tell(new Happened(new RunEvent.EngineUp(deployment, up.id(), up.role(), up.engineNode(), up.baseUri(),
        up.command(), up.environment(), up.tensorParallel(), up.gpus(), up.version(), up.processId())));
    return deploying.isPresent() && roster.allUp() ? allUp(deploying.get()) : this;
  }

  private Behavior<Command> allUp(Deployment deployment) {
    Optional<String> mismatch = deployment instanceof Deployment.Disaggregated
        ? roster.versionMismatch()
        : Optional.empty();
    Optional<Router> wanted = deployment instanceof Deployment.Disaggregated disaggregated
        ? disaggregated.router()
        : Optional.empty();
    return mismatch.map(this::fail)
        .orElseGet(() -> wanted.map(each -> startRouter(deployment, each)).orElseGet(() -> deployedNow(deployment)));
  }

  private Behavior<Command> startRouter(Deployment deployment, Router wanted) {
    String host = run.experiment().nodes().bindHost();
    try {
      LaunchPlan plan = DeploymentPlan.router(deployment, run.experiment().model(), roster.baseUris(), wanted, host,
          Ports.free(host));
      roster.expect(RouterProcess.ID);
      ActorRef<RouterProcess.Command> started = getContext().spawnAnonymous(RouterProcess.create(plan,
          Path.of(localLogs, deployment.name() + "-router.log"), run.experiment().deadlines().enginesReady(),
          getContext().messageAdapter(RouterProcess.Event.class, event -> new FromRouter(deployment.name(), event))));
      getContext().watchWith(started, RouterGone.INSTANCE);
      router = Optional.of(started);
      return this;
    } catch (IOException e) {
      return fail("router of %s: %s".formatted(deployment.name(), e.getMessage()));
    }
  }

  private Behavior<Command> onRouter(String deployment, RouterProcess.Event event) {
    return switch (event) {
      case RouterProcess.Up up -> {
        roster.up(RouterProcess.ID, up.plan().baseUri(), "");
        coordinator.tell(new Happened(new RunEvent.RouterUp(deployment, getContext().getSystem().address().toString(),
            up.plan().baseUri().toString(), up.plan().command(), up.processId())));
        yield deploying.filter(each -> each.name().equals(deployment)).map(this::deployedNow).orElse(this);
      }
      case RouterProcess.Down down -> {
        String reason = "router of %s: %s".formatted(deployment, down.reason());
        if (deploying.isPresent()) {
          yield fail(reason);
        }
        deployed.ifPresent(each -> coordinator.tell(new InstanceLost(reason)));
        yield this;
      }
    };
  }

  private Behavior<Command> deployedNow(Deployment deployment) {
    timers.cancel(ReadyDeadline.INSTANCE);
    deploying = Optional.empty();
    deployed = Optional.of(deployment);
    coordinator.tell(new Deployed(deployment.name(),
        DeploymentPlan.target(deployment, run.experiment().model(), roster.baseUris())));
    return this;
  }

  private Behavior<Command> onDown(EngineProtocol.InstanceDown down) {
    roster.down(down.id());
    if (deploying.isPresent()) {
      return fail("engine %s of %s: %s".formatted(down.id(), deploying.get().name(), down.reason()));
    }
    deployed.ifPresent(deployment -> coordinator.tell(new InstanceLost(
        "engine %s of %s: %s".formatted(down.id(), deployment.name(), down.reason()))));
    return this;
  }

  private Behavior<Command> fail(String reason) {
    endSurvey();
    timers.cancel(ReadyDeadline.INSTANCE);
    deploying = Optional.empty();
    coordinator.tell(new Failed(managers.isEmpty() ? "no engine node has joined; " + reason : reason));
    return this;
  }

  private void endSurvey() {
    survey.ifPresent(getContext()::stop);
    survey = Optional.empty();
  }

  private Behavior<Command> onUndeploy() {
    endSurvey();
    router.ifPresent(each -> each.tell(RouterProcess.Stop.INSTANCE));
    deploying = Optional.empty();
    deployed = Optional.empty();
    timers.cancel(ReadyDeadline.INSTANCE);
    undeploying = Optional.of(new RollCall(managers.stream().map(this::engineNode).toList()));
    timers.startSingleTimer(UndeployDeadline.INSTANCE, run.experiment().deadlines().undeploy());
    managers.forEach(manager -> {
      watch(manager);
      manager.tell(new EngineProtocol.Undeploy(replies));
    });
    return finishIfUndeployed();
  }

  private Behavior<Command> undeployedOn(String engineNode) {
    undeploying.ifPresent(roll -> roll.heard(engineNode));
    return finishIfUndeployed();
  }

  /** Answers once to an order to undeploy; what comes later, after its deadline perhaps, is no answer to the next. */
  private Behavior<Command> finishIfUndeployed() {
    if (undeploying.filter(RollCall::complete).isPresent() && router.isEmpty()) {
      undeploying = Optional.empty();
      timers.cancel(UndeployDeadline.INSTANCE);
      coordinator.tell(new Undeployed(List.copyOf(problems)));
    }
    return this;
  }

  private void watch(ActorRef<InstanceManager.Command> manager) {
    getContext().watchWith(manager, new ManagerGone(engineNode(manager)));
  }

  private boolean isRemote(ActorRef<InstanceManager.Command> manager) {
    return manager.path().address().hasGlobalScope();
  }

  /** The address by which the node of this manager calls itself. */
  private String engineNode(ActorRef<InstanceManager.Command> manager) {
    return isRemote(manager) ? manager.path().address().toString() : getContext().getSystem().address().toString();
  }
}
