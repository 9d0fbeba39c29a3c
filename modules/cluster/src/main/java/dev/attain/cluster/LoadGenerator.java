package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import dev.attain.client.LoadClient;
import dev.attain.measurement.NanoClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One load node: plans its share, warms up, starts at the given instant, sends a snapshot a second and its records as a
 * stream. Once started it needs nobody; when its lease ends it stops by itself.
 */
final class LoadGenerator extends AbstractOnMessageBehavior<LoadGenerator.Command> {
  sealed interface Command permits LoadProtocol.Order, Internal {}

  /** What the actor tells itself. */
  sealed interface Internal extends Command {}

  private record DefinitionRead(LoadProtocol.Enlist enlist, Definition definition) implements Internal {}

  private record Planned(LoadProtocol.Prepare order, SharePlanner.Planned planned) implements Internal {}

  private record Failed(String asked, ActorRef<LoadProtocol.Reply> replyTo, Throwable cause) implements Internal {}

  private enum Tick implements Internal {
    INSTANCE
  }

  private enum LeaseEnded implements Internal {
    INSTANCE
  }

  static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "load-generator");
  // Four looks a second find the end of a share soon; one report a second is enough for the coordinator.
  private static final Duration TICK = Duration.ofMillis(250);
  private static final int TICKS_PER_REPORT = 4;

  private final TimerScheduler<Command> timers;
  private final NanoClock clock;
  private final Executor blocking;
  private Optional<Enlistment> enlistment = Optional.empty();
  private Optional<LoadClient> client = Optional.empty();
  private Optional<ShareRun> prepared = Optional.empty();
  private Optional<Activity> activity = Optional.empty();
  private long ticks;

  /** Registers with the receptionist, so that the coordinator finds it; stops when released or when its lease ends. */
  static Behavior<Command> create(NanoClock clock) {
    return Behaviors.setup(context -> {
      context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
      return Behaviors.withTimers(timers -> new LoadGenerator(context, timers, clock));
    });
  }

  private LoadGenerator(ActorContext<Command> context, TimerScheduler<Command> timers, NanoClock clock) {
    super(context);
    this.timers = timers;
    this.clock = clock;
    this.blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case LoadProtocol.Enlist enlist -> onEnlist(enlist);
      case DefinitionRead read -> onDefinition(read);
      case LoadProtocol.RenewLease renew -> onRenewLease(renew);
      case LoadProtocol.ReadClock read -> onReadClock(read);
      case LoadProtocol.Connect connect -> onConnect(connect);
      case LoadProtocol.WarmUp warmUp -> onWarmUp(warmUp);
      case LoadProtocol.Prepare prepare -> onPrepare(prepare);
      case Planned planned -> onPlanned(planned);
      case LoadProtocol.Arm arm -> onArm(arm);
      case LoadProtocol.Cease cease -> onCease(cease);
      case LoadProtocol.Abandon abandon -> onAbandon(abandon);
      case LoadProtocol.Release release -> onRelease(release);
      case Failed failed -> refuse(failed.replyTo(), failed.asked(), Reasons.of(failed.cause()));
      case Tick tick -> onTick();
      case LeaseEnded ended -> onLeaseEnded();
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      forgetRun("the load node is stopping");
    }
    return this;
  }

  private Behavior<Command> onEnlist(LoadProtocol.Enlist enlist) {
    forgetRun("the node was enlisted for another run");
    getContext().pipeToSelf(ByteStreams.read(getContext().getSystem(), enlist.definition(), Definition.class),
        (definition, failure) -> failure == null
            ? new DefinitionRead(enlist, definition)
            : new Failed("definition", enlist.replyTo(), failure));
    return this;
  }

  private Behavior<Command> onDefinition(DefinitionRead read) {
    LoadProtocol.Enlist enlist = read.enlist();
    enlistment = Optional.of(new Enlistment(enlist.run(), enlist.node(), enlist.lease(), read.definition(),
        new SharePlanner(read.definition(), enlist.run(), enlist.node(), enlist.position())));
    timers.startSingleTimer(LeaseEnded.INSTANCE, enlist.lease());
    enlist.replyTo().tell(
        new LoadProtocol.Enlisted(enlist.node(), NodeFacts.ofThisNode(NodeSystem.roles(getContext().getSystem()))));
    return this;
  }

  private Behavior<Command> onRenewLease(LoadProtocol.RenewLease renew) {
    enlistment.filter(current -> current.run().equals(renew.run()))
        .ifPresent(current -> timers.startSingleTimer(LeaseEnded.INSTANCE, current.lease()));
    return this;
  }

  private Behavior<Command> onReadClock(LoadProtocol.ReadClock read) {
    read.replyTo().tell(new ClockProbe.ClockRead(read.sequence(), clock.nanos()));
    return this;
  }

  private Behavior<Command> onConnect(LoadProtocol.Connect connect) {
    client.ifPresent(LoadClient::close);
    try {
      client = Optional.of(LoadClient.open(enlisted().clientSettings(connect.deployment()), connect.target(), clock));
    } catch (RuntimeException e) {
      client = Optional.empty();
      return refuse(connect.replyTo(), "connect to " + connect.deployment(), Reasons.of(e));
    }
    connect.replyTo().tell(new LoadProtocol.Connected(enlisted().node(), connect.deployment()));
    return this;
  }

  private Behavior<Command> onWarmUp(LoadProtocol.WarmUp order) {
    try {
      ShareRun share = enlisted().planner().planWarmUp(order.deployment(), order.pairs(), client.orElseThrow());
      begin(new Activity.WarmingUp(share, order.replyTo()), clock.nanos());
      return this;
    } catch (RuntimeException e) {
      return refuse(order.replyTo(), "warm up " + order.deployment(), Reasons.of(e));
    }
  }

  private Behavior<Command> onPrepare(LoadProtocol.Prepare order) {
    LoadClient connected = client.orElseThrow();
    SharePlanner planner = enlisted().planner();
    getContext().pipeToSelf(CompletableFuture.supplyAsync(() -> {
      SharePlanner.Planned planned = planner.plan(order.plan(), connected);
      // What lives through the point becomes old now, not by being copied in a pause while the point is measured.
      System.gc();
      return planned;
    }, blocking),
        (planned, failure) -> failure == null
            ? new Planned(order, planned)
            : new Failed("prepare " + order.plan().point(), order.replyTo(), failure));
    return this;
  }

  private Behavior<Command> onPlanned(Planned message) {
    prepared.ifPresent(replaced -> replaced.abandon("another point was prepared in its place"));
    prepared = Optional.of(message.planned().share());
    message.order().replyTo().tell(message.planned().answer());
    return this;
  }

  private Behavior<Command> onArm(LoadProtocol.Arm arm) {
    Optional<ShareRun> share = prepared.filter(candidate -> candidate.point().equals(arm.point()));
    if (share.isEmpty()) {
      return refuse(arm.replyTo(), "start " + arm.point(), "the point was not prepared on this node");
    }
    prepared = Optional.empty();
    arm.replyTo().tell(new LoadProtocol.Armed(enlisted().node(), arm.point(),
        share.get().records(getContext().getSystem())));
    begin(new Activity.Measuring(share.get(), arm.aggregator(), arm.replyTo()), arm.originNanos());
    return this;
  }

  private void begin(Activity next, long originNanos) {
    activity.ifPresent(before -> before.share().abandon("another share began"));
    activity = Optional.of(next);
    next.share().start(originNanos);
    ticks = 0;
    timers.startTimerWithFixedDelay(Tick.INSTANCE, TICK);
  }

  private Behavior<Command> onTick() {
    activity.ifPresent(current -> {
      current.share().enforceDrain(clock.nanos(), enlisted().definition().requests().drain());
      boolean finished = current.finished();
      ticks++;
      if (finished || ticks % TICKS_PER_REPORT == 0) {
        current.report(enlisted().node(), finished);
      }
      if (finished) {
        activity = current.next();
        if (activity.isEmpty()) {
          timers.cancel(Tick.INSTANCE);
        }
      }
    });
    return this;
  }

  private Behavior<Command> onCease(LoadProtocol.Cease cease) {
    activity.filter(current -> current.share().point().equals(cease.point()))
        .ifPresent(current -> current.share().cease(clock.nanos()));
    return this;
  }

  private Behavior<Command> onAbandon(LoadProtocol.Abandon abandon) {
    activity.filter(current -> current.share().point().equals(abandon.point()))
        .ifPresent(current -> current.share().abandon(abandon.reason()));
    return this;
  }

  private Behavior<Command> onRelease(LoadProtocol.Release release) {
    if (enlistment.filter(current -> current.run().equals(release.run())).isPresent()) {
      forgetRun("the run is over");
    }
    return this;
  }

  private Behavior<Command> onLeaseEnded() {
    getContext().getLog().warn("nothing was heard of the coordinator for {}; this node stops sending and leaves",
        enlisted().lease());
    return Behaviors.stopped();
  }

  private Behavior<Command> refuse(ActorRef<LoadProtocol.Reply> replyTo, String asked, String reason) {
    replyTo.tell(new LoadProtocol.Refused(enlistment.map(Enlistment::node).orElse("load node"), asked, reason));
    return this;
  }

  private void forgetRun(String reason) {
    timers.cancelAll();
    activity.ifPresent(current -> current.share().abandon(reason));
    activity = Optional.empty();
    prepared = Optional.empty();
    client.ifPresent(LoadClient::close);
    client = Optional.empty();
    enlistment = Optional.empty();
  }

  private Enlistment enlisted() {
    return enlistment.orElseThrow(() -> new IllegalStateException("this node has not been enlisted for a run"));
  }
}
