package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.attain.client.Target;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Point;
import dev.attain.measurement.NanoClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The run as a state machine: gather the nodes; for each deployment bring it up, warm it up, measure its points one by
 * one ({@link PointRun}) and take it down; then let everybody go. Each phase is a child that has a deadline of its own and
 * answers exactly once.
 */
final class Coordinator extends AbstractOnMessageBehavior<Coordinator.Command> {
  sealed interface Command {}

  /** Somebody wants the run to end: engines go, what was measured stays. */
  enum Interrupt implements Command {
    INSTANCE
  }

  /** A process that was started to be a load node has ended. */
  record LoadProcessEnded(String reason) implements Command {}

  /** The observer could not take an event: what cannot be stored must not go on being measured. */
  private record ObserverFailed(String reason) implements Command {}

  private record FromCrew(Crew.Event event) implements Command {}

  private record FromFleet(Fleet.Event event) implements Command {}

  private record FromPoint(PointRun.Ended ended) implements Command {}

  private enum Phase {
    GATHERING, DEPLOYING, WARMING_UP, MEASURING, UNDEPLOYING, ENDING
  }

  /** TensorRT-LLM takes 2 s to say that it has nothing to say. */
  private static final Duration PAGE_LIMIT = Duration.ofSeconds(4);
  /** Longer than engines take to publish what a step has counted. */
  private static final Duration COUNTERS_PAUSE = Duration.ofMillis(200);

  private final RunContext run;
  private final RunObserver observer;
  private final NanoClock clock;
  private final CompletableFuture<RunEnd> result;
  private final ActorRef<Crew.Command> crew;
  private final ActorRef<Fleet.Command> fleet;
  private final Executor blocking;
  private final ArrayDeque<Deployment> deployments;
  private final PointSource points;
  private Phase phase = Phase.GATHERING;
  private Optional<Deployment> current = Optional.empty();
  private Optional<Target> target = Optional.empty();
  private Optional<ActorRef<PointRun.Command>> measuring = Optional.empty();
  private Optional<String> deploymentBroken = Optional.empty();
  private AbandonedKv abandoned;
  private Optional<RunEnd> ending = Optional.empty();
  private boolean measuredAny;
  private boolean crewFailed;

  /**
   * @param points which are measured
   * @param localLogs folder for the logs of engines started on this machine
   * @param result completed exactly once, when nothing of the run is left
   */
  static Behavior<Command> create(RunContext run, PointSource points, RunObserver observer, NanoClock clock,
      String localLogs, CompletableFuture<RunEnd> result) {
    return Behaviors.setup(context -> new Coordinator(context, run, points, observer, clock, localLogs, result));
  }

  private Coordinator(ActorContext<Command> context, RunContext run, PointSource points, RunObserver observer,
      NanoClock clock, String localLogs, CompletableFuture<RunEnd> result) {
    super(context);
    this.run = run;
    this.points = points;
    this.observer = observer;
    this.clock = clock;
    this.abandoned = new AbandonedKv(clock);
    this.result = result;
    this.deployments = new ArrayDeque<>(run.experiment().deployments());
    this.crew = context.spawn(Crew.create(run, context.messageAdapter(Crew.Event.class, FromCrew::new)), "crew");
    this.fleet = context.spawn(
        Fleet.create(run, clock, localLogs, context.messageAdapter(Fleet.Event.class, FromFleet::new)),
        "fleet");
    this.blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    context.watch(crew);
    context.watch(fleet);
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case FromCrew from -> onCrew(from.event());
      case FromFleet from -> onFleet(from.event());
      case FromPoint from -> onPoint(from.ended());
      case Interrupt interrupt -> end(new RunEnd.Interrupted());
      case ObserverFailed failed -> end(new RunEnd.BrokenOff(failed.reason()));
      case LoadProcessEnded ended -> phase == Phase.GATHERING ? end(new RunEnd.CouldNotStart(ended.reason())) : this;
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof ChildFailed failed) {
      return onFailed(failed);
    }
    return this;
  }

  /** A child that has failed answers no more; the run ends without it. */
  private Behavior<Command> onFailed(ChildFailed failed) {
    String reason = failed.getRef().path().name() + " failed: " + Reasons.of(failed.getCause());
    getContext().getLog().error(reason, failed.getCause());
    measuring = measuring.filter(point -> !point.path().equals(failed.getRef().path()));
    ending = ending.or(() -> Optional.of(new RunEnd.BrokenOff(reason)));
    if (failed.getRef().path().equals(crew.path())) {
      crewFailed = true;
      return phase == Phase.ENDING ? release() : undeployToEnd();
    }
    return failed.getRef().path().equals(fleet.path()) ? release() : undeployToEnd();
  }

  private Behavior<Command> onCrew(Crew.Event event) {
    return switch (event) {
      case Crew.Joining joining -> tell(new RunEvent.NodesJoining(joining.joined(), joining.expected(),
          NodeSystem.hostAndPort(getContext().getSystem())));
      case Crew.Assembled assembled -> {
        tell(new RunEvent.NodesReady(assembled.facts()));
        yield nextDeployment();
      }
      case Crew.Warm warm -> {
        warm.notes().forEach(note -> tell(new RunEvent.Noted(note)));
        yield phase == Phase.WARMING_UP ? nextPoint(warm.members()) : this;
      }
      case Crew.Failed failed -> end(measuredAny
          ? new RunEnd.BrokenOff(failed.reason())
          : new RunEnd.CouldNotStart(failed.reason()));
      case Crew.MemberLost lost -> onMemberLost(lost);
      case Crew.Released released -> finished();
    };
  }

  private Behavior<Command> onMemberLost(Crew.MemberLost lost) {
    if (phase == Phase.ENDING) {
      return this;
    }
    tell(new RunEvent.Noted("load node " + lost.node() + " was lost: " + lost.reason()));
    measuring.ifPresent(point -> point.tell(new PointRun.NodeLost(lost.node(), lost.reason())));
    String reason = "load node %s was lost: %s".formatted(lost.node(), lost.reason());
    if (phase == Phase.MEASURING) {
      // The point ends in its own time with what the others send; after it there is nobody to send this node's share.
      ending = ending.or(() -> Optional.of(new RunEnd.BrokenOff(reason)));
      return this;
    }
    return end(measuredAny ? new RunEnd.BrokenOff(reason) : new RunEnd.CouldNotStart(reason));
  }

  private Behavior<Command> onFleet(Fleet.Event event) {
    return switch (event) {
      case Fleet.Happened happened -> tell(happened.event());
      case Fleet.Deployed deployed -> phase == Phase.DEPLOYING ? warmUp(deployed) : this;
      case Fleet.Failed failed -> end(new RunEnd.CouldNotStart(failed.reason()));
      case Fleet.GpusSeen gpus -> {
        measuring.ifPresent(point -> point.tell(new PointRun.GpusSeen(gpus.seen())));
        yield this;
      }
      case Fleet.InstanceLost lost -> onInstanceLost(lost.reason());
      case Fleet.Undeployed undeployed -> {
        undeployed.problems().forEach(problem -> tell(new RunEvent.Noted(problem)));
        yield switch (phase) {
          case ENDING -> release();
          case UNDEPLOYING -> nextDeployment();
          default -> this;
        };
      }
    };
  }

  private Behavior<Command> onInstanceLost(String reason) {
    tell(new RunEvent.Noted(reason));
    if (phase == Phase.MEASURING) {
      deploymentBroken = deploymentBroken.or(() -> Optional.of(reason));
      measuring.ifPresent(point -> point.tell(new PointRun.EngineLost(reason)));
      return this;
    }
    return phase == Phase.WARMING_UP ? end(new RunEnd.CouldNotStart(reason)) : this;
  }

  private Behavior<Command> onPoint(PointRun.Ended ended) {
    measuring = Optional.empty();
    return switch (ended) {
      case PointRun.Done done -> {
        measuredAny = true;
        tell(new RunEvent.PointFinished(done.outcome()));
        target.ifPresent(measured -> abandoned.after(done.outcome(), measured));
        ending = ending.or(() -> done.lost().map(RunEnd.BrokenOff::new));
        yield ending.isPresent() ? undeployToEnd() : nextPoint(done.members());
      }
      case PointRun.Impossible impossible -> ending.isPresent()
          ? undeployToEnd()
          : end(new RunEnd.BrokenOff(impossible.reason()));
    };
  }

  private Behavior<Command> nextDeployment() {
    if (ending.isPresent()) {
      return undeployToEnd();
    }
    deployments.removeIf(points::finished);
    current = Optional.ofNullable(deployments.poll());
    if (current.isEmpty()) {
      ending = Optional.of(new RunEnd.Completed());
      return undeployToEnd();
    }
    phase = Phase.DEPLOYING;
    deploymentBroken = Optional.empty();
    tell(new RunEvent.Deploying(current.get()));
    fleet.tell(new Fleet.Deploy(current.get()));
    return this;
  }

  private Behavior<Command> warmUp(Fleet.Deployed deployed) {
    phase = Phase.WARMING_UP;
    target = Optional.of(deployed.target());
    abandoned = new AbandonedKv(clock);
    current.ifPresent(deployment -> tell(new RunEvent.WarmingUp(deployment)));
    crew.tell(new Crew.WarmUp(deployed.deployment(), deployed.target()));
    return this;
  }

  private Behavior<Command> nextPoint(List<PointRun.Member> members) {
    deploymentBroken.ifPresent(this::skipRemainingPoints);
    Optional<Point> next = points.next(current.orElseThrow());
    if (next.isEmpty()) {
      phase = Phase.UNDEPLOYING;
      fleet.tell(Fleet.Undeploy.INSTANCE);
      return this;
    }
    phase = Phase.MEASURING;
    PointContext point = new PointContext(next.get(), current.orElseThrow());
    PointSetup setup = new PointSetup(run, point, members, idleCheck(point.deployment()),
        new TransferMeter(target.orElseThrow(), run.experiment().model(), apiKey(), COUNTERS_PAUSE, blocking),
        serverWatch(point.deployment()), observer, clock);
    ActorRef<PointRun.Command> child = getContext().spawn(
        PointRun.create(setup, getContext().messageAdapter(PointRun.Ended.class, FromPoint::new)),
        "point-" + next.get().id());
    getContext().watch(child);
    measuring = Optional.of(child);
    return this;
  }

  private IdleCheck idleCheck(Deployment deployment) {
    return new IdleCheck(WatchedInstance.of(deployment, target.orElseThrow()), apiKey(),
        abandoned.left(), run.experiment().deadlines().enginesIdle(), COUNTERS_PAUSE, clock, blocking,
        sentence -> observer.on(new RunEvent.Noted(sentence)));
  }

  private ServerWatch serverWatch(Deployment deployment) {
    Duration interval = run.experiment().monitoring().interval();
    Optional<String> token = apiKey();
    return new ServerWatch(interval, WatchedInstance.of(deployment, target.orElseThrow()),
        instance -> PageReader.overHttp(instance, token, PAGE_LIMIT, blocking));
  }

  private Optional<String> apiKey() {
    return run.experiment().requests().apiKey(System.getenv());
  }

  private void skipRemainingPoints(String reason) {
    current.ifPresent(deployment -> skip(deployment, reason));
  }

  private void skip(Deployment deployment, String reason) {
    points.giveUp(deployment, reason).forEach(point -> tell(new RunEvent.PointSkipped(point, reason)));
  }

  /** Ends the run for this reason; the first reason stands. */
  private Behavior<Command> end(RunEnd reason) {
    ending = ending.or(() -> Optional.of(reason));
    if (phase == Phase.ENDING) {
      return this;
    }
    if (measuring.isPresent()) {
      measuring.get().tell(new PointRun.Interrupt("the run was interrupted"));
      return this;
    }
    return undeployToEnd();
  }

  private Behavior<Command> undeployToEnd() {
    phase = Phase.ENDING;
    skipRemainingPoints("the run ended before it");
    deployments.forEach(deployment -> skip(deployment, "the run ended before it"));
    deployments.clear();
    fleet.tell(Fleet.Undeploy.INSTANCE);
    return this;
  }

  private Behavior<Command> release() {
    if (crewFailed) {
      return finished();
    }
    crew.tell(Crew.Release.INSTANCE);
    return this;
  }

  private Behavior<Command> finished() {
    result.complete(ending.orElseGet(RunEnd.Completed::new));
    return Behaviors.stopped();
  }

  private Behavior<Command> tell(RunEvent event) {
    try {
      observer.on(event);
    } catch (RuntimeException e) {
      // A message to itself, so that no step of the state machine ends the run half-way through another.
      getContext().getSelf().tell(new ObserverFailed(Reasons.of(e)));
    }
    return this;
  }
}
