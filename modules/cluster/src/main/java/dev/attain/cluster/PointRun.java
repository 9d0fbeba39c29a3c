package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.attain.engines.TransferReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One point from plan to verdict: the engines finish what they still have, every load node plans and hashes, clocks are read, all are armed for one instant, then
 * nobody is told anything any more; snapshots and records come in until every share is done or given up for lost.
 */
final class PointRun extends AbstractOnMessageBehavior<PointRun.Command> {
  sealed interface Command {}

  /** A load node of this run is gone. */
  record NodeLost(String node, String reason) implements Command {}

  /** An engine of the deployment is gone. */
  record EngineLost(String reason) implements Command {}

  /** End early. */
  record Interrupt(String reason) implements Command {}

  private record FromNode(LoadProtocol.Reply reply) implements Command {}

  private record FromProbe(ClockProbe.Measured measured) implements Command {}

  private record FromAggregator(Aggregator.Event event) implements Command {}

  private record RecordsEnded(String node, RecordIntake.Received received) implements Command {}

  private record RecordsBroken(String node, Throwable cause) implements Command {}

  private record EnginesLookedAt(List<String> busy) implements Command {}

  /** What GPUs of the deployment say. */
  record GpusSeen(ServerSampler.GpusSeen seen) implements Command {}

  private record EnginesSeen(ServerView view) implements Command {}

  private enum SamplerGone implements Command {
    INSTANCE
  }

  private record CountersRead(Phase when, Optional<TransferReading> counters) implements Command {}

  private record CountersUnreadable(Phase when, Throwable cause) implements Command {}

  private record Deadline(Phase phase) implements Command {}

  /** How the point ended; the owner hears exactly one of these. */
  sealed interface Ended {}

  /** @param lost why the point had to go on without a load node, if it had to */
  record Done(PointOutcome outcome, List<Member> members, Optional<String> lost) implements Ended {}

  /** Nothing was measured, and the next point would fare no better. */
  record Impossible(String reason) implements Ended {}

  /** A load node taking part. */
  record Member(String node, ActorRef<LoadGenerator.Command> generator) {}

  private enum Phase {
    IDLING, PREPARING, MEASURING, PROVING
  }

  private static final int CLOCK_ROUND_TRIPS = 20;
  private static final Duration PATIENCE_WHEN_INTERRUPTED = Duration.ofSeconds(3);
  /** More than one look at an instance takes. */
  private static final Duration IDLE_CHECK_IS_LATE = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final TimerScheduler<Command> timers;
  private final PointSetup setup;
  private final ActorRef<Ended> owner;
  private final ActorRef<Aggregator.Command> aggregator;
  private final ActorRef<LoadProtocol.Reply> fromNodes;
  private final RecordIntake intake;
  private final PointLedger ledger;
  private final RollCall planned;
  private final RollCall clocksRead;
  private final RollCall counters = new RollCall(List.of("the engines' KV transfer counters"));
  private final RollCall shares;
  private final RollCall records;
  private final RollCall silent;
  private Optional<ActorRef<ServerSampler.Command>> sampler = Optional.empty();
  private Phase phase = Phase.IDLING;
  private long originNanos;
  private boolean interrupted;

  static Behavior<Command> create(PointSetup setup, ActorRef<Ended> owner) {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> new PointRun(context, timers, setup, owner)));
  }

  private PointRun(ActorContext<Command> context, TimerScheduler<Command> timers, PointSetup setup,
      ActorRef<Ended> owner) {
    super(context);
    this.timers = timers;
    this.setup = setup;
    this.owner = owner;
    List<String> names = setup.members().stream().map(Member::node).toList();
    this.planned = new RollCall(names);
    this.clocksRead = new RollCall(names);
    this.shares = new RollCall(names);
    this.records = new RollCall(names);
    // Alone, a window leaves nothing to wait for.
    this.silent = new RollCall(setup.lead().any() ? names : List.of());
    this.ledger = new PointLedger(setup.point(), setup.experiment());
    this.intake = new RecordIntake(context.getSystem(), setup.observer(), setup.point().point());
    this.fromNodes = context.messageAdapter(LoadProtocol.Reply.class, FromNode::new);
    this.aggregator = context.spawn(Aggregator.create(names, SILENCE,
        context.messageAdapter(Aggregator.Event.class, FromAggregator::new)), "aggregator");
    awaitIdleEngines();
  }

  /** Before clocks are read: their drift would grow with the wait. */
  private void awaitIdleEngines() {
    getContext().pipeToSelf(setup.idle().busyInstances(), (busy, failure) -> new EnginesLookedAt(
        failure == null
            ? busy
            : List.of("the engines could not be looked at before the point: " + Reasons.of(failure))));
    timers.startSingleTimer(new Deadline(Phase.IDLING), setup.idle().patience().plus(IDLE_CHECK_IS_LATE));
  }

  private Behavior<Command> prepare(List<String> busy) {
    if (phase != Phase.IDLING) {
      return this;
    }
    phase = Phase.PREPARING;
    busy.forEach(ledger::note);
    ActorRef<ClockProbe.Measured> fromProbes = getContext().messageAdapter(ClockProbe.Measured.class, FromProbe::new);
    Duration patience = setup.experiment().deadlines().arm();
    PointPlan plan = PointPlan.of(setup.point().point(), setup.run().id());
    for (Member member : setup.members()) {
      member.generator().tell(new LoadProtocol.Prepare(plan, fromNodes));
      getContext().spawn(ClockProbe.create(setup.clock(), member.node(), member.generator(), CLOCK_ROUND_TRIPS,
          patience, fromProbes), "clock-" + member.node());
    }
    readCounters();
    timers.startSingleTimer(new Deadline(Phase.PREPARING), patience);
    return this;
  }

  private void readCounters() {
    Phase when = phase;
    getContext().pipeToSelf(setup.transfers().read(), (counted, failure) -> failure == null
        ? new CountersRead(when, counted)
        : new CountersUnreadable(when, failure));
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case FromNode from -> onReply(from.reply());
      case FromProbe probe -> onClock(probe.measured());
      case FromAggregator from -> onAggregator(from.event());
      case RecordsEnded ended -> {
        ledger.received(ended.node(), ended.received());
        records.heard(ended.node());
        yield finishIfComplete();
      }
      case RecordsBroken broken -> {
        ledger.note("%s: its records did not arrive in full: %s".formatted(broken.node(), Reasons.of(broken.cause())));
        records.heard(broken.node());
        yield finishIfComplete();
      }
      case EnginesLookedAt looked -> prepare(looked.busy());
      case CountersRead read -> {
        read.counters().ifPresent(ledger::transferred);
        yield onCounters(read.when());
      }
      case CountersUnreadable unreadable -> {
        ledger.note("KV transfer is not proven: " + Reasons.of(unreadable.cause()));
        yield onCounters(unreadable.when());
      }
      case GpusSeen seen -> {
        sampler.ifPresent(actor -> actor.tell(seen.seen()));
        yield this;
      }
      case EnginesSeen seen -> {
        ledger.seenByEngines(seen.view());
        yield samplerDone();
      }
      case SamplerGone gone -> samplerDone();
      case NodeLost lost -> onNodeLost(lost.node(), lost.reason());
      case EngineLost lost -> {
        ledger.note(lost.reason());
        yield this;
      }
      case Interrupt interrupt -> onInterrupt(interrupt.reason());
      case Deadline deadline -> deadline.phase() == phase ? onDeadline() : this;
    };
  }

  private Behavior<Command> onReply(LoadProtocol.Reply reply) {
    return switch (reply) {
      case LoadProtocol.Prepared prepared -> {
        ledger.prepared(prepared);
        planned.heard(prepared.node());
        yield armIfReady();
      }
      case LoadProtocol.Armed armed -> {
        getContext().pipeToSelf(intake.take(armed.node(), armed.records()), (received, failure) -> failure == null
            ? new RecordsEnded(armed.node(), received)
            : new RecordsBroken(armed.node(), failure));
        yield this;
      }
      case LoadProtocol.Finished finished -> {
        ledger.finished(finished.node(), finished.snapshot().decode(), finished.load());
        aggregator.tell(new Aggregator.NoMoreFrom(finished.node()));
        shares.heard(finished.node());
        ceaseIfFinished();
        yield finishIfComplete();
      }
      case LoadProtocol.Ceased ceased -> {
        ledger.ceased(ceased.unmeasured());
        silent.heard(ceased.node());
        yield finishIfComplete();
      }
      case LoadProtocol.Refused refused ->
        impossible("%s could not %s: %s".formatted(refused.node(), refused.asked(), refused.reason()));
      case LoadProtocol.Enlisted other -> this;
      case LoadProtocol.Connected other -> this;
      case LoadProtocol.WarmedUp other -> this;
    };
  }

  private Behavior<Command> onClock(ClockProbe.Measured measured) {
    if (measured.reading().isEmpty()) {
      return impossible(measured.node() + " did not answer when asked for its clock");
    }
    ledger.clock(measured.node(), measured.reading().get());
    clocksRead.heard(measured.node());
    return armIfReady();
  }

  private Behavior<Command> onCounters(Phase when) {
    if (when == Phase.PROVING) {
      return finish();
    }
    counters.heardAll();
    return armIfReady();
  }

  private Behavior<Command> armIfReady() {
    if (phase != Phase.PREPARING || !planned.complete() || !clocksRead.complete() || !counters.complete()) {
      return this;
    }
    Optional<String> disagreement = ledger.disagreement();
    if (disagreement.isPresent()) {
      return impossible(disagreement.get());
    }
    phase = Phase.MEASURING;
    Duration ahead = setup.ahead();
    originNanos = setup.clock().nanos() + ahead.toNanos();
    for (Member member : setup.members()) {
      member.generator().tell(new LoadProtocol.Arm(setup.pointId(),
          ledger.clock(member.node()).onNode(originNanos), aggregator, fromNodes));
    }
    aggregator.tell(Aggregator.Started.INSTANCE);
    watchEngines();
    setup.observer().on(ledger.started(Instant.now().plus(ahead)));
    timers.startSingleTimer(new Deadline(Phase.MEASURING), setup.longest(ledger.lastIntended()));
    return this;
  }

  private void watchEngines() {
    if (!setup.watch().off()) {
      ActorRef<ServerSampler.Command> actor = getContext().spawn(
          ServerSampler.create(setup.watch().from(setup.clock(), originNanos),
              getContext().messageAdapter(ServerView.class, EnginesSeen::new)),
          "server-sampler");
      getContext().watchWith(actor, SamplerGone.INSTANCE);
      sampler = Optional.of(actor);
    }
  }

  private Behavior<Command> onAggregator(Aggregator.Event event) {
    switch (event) {
      case Aggregator.View view -> {
        ledger.seen(view.byNode());
        Duration elapsed = Duration.ofNanos(setup.clock().nanos() - originNanos);
        if (elapsed.isPositive()) {
          setup.observer().on(new RunEvent.Live(setup.point().point(), elapsed, view.total()));
        }
        return this;
      }
      case Aggregator.Silent silent -> {
        return onNodeLost(silent.node(), "nothing was heard of it for %d s".formatted(silent.silence().toSeconds()));
      }
    }
  }

  private Behavior<Command> onNodeLost(String node, String reason) {
    if (notArmed()) {
      return impossible("load node %s was lost: %s".formatted(node, reason));
    }
    ledger.lost(node, reason);
    aggregator.tell(new Aggregator.NoMoreFrom(node));
    if (!shares.missing().contains(node) && records.missing().contains(node)) {
      ledger.note("%s: its records did not arrive in full: %s".formatted(node, reason));
    }
    shares.heard(node);
    records.heard(node);
    silent.heard(node);
    ceaseIfFinished();
    return finishIfComplete();
  }

  /** Nobody's measured requests need the load of the others any more. */
  private void ceaseIfFinished() {
    if (shares.complete() && !silent.complete()) {
      setup.members().forEach(member -> member.generator()
          .tell(new LoadProtocol.Cease(setup.pointId())));
    }
  }

  private Behavior<Command> onInterrupt(String reason) {
    if (notArmed()) {
      return impossible(reason);
    }
    interrupted = true;
    if (phase == Phase.MEASURING) {
      // What is measured may all have ended while what keeps the load up has not.
      if (!shares.complete()) {
        ledger.note(reason);
      }
      setup.members().forEach(member -> member.generator()
          .tell(new LoadProtocol.Abandon(setup.pointId(), reason)));
    }
    // Nodes answer within a second; an interrupted person should not wait for one that does not, nor for an engine.
    timers.startSingleTimer(new Deadline(phase), PATIENCE_WHEN_INTERRUPTED);
    return this;
  }

  private boolean notArmed() {
    return phase == Phase.IDLING || phase == Phase.PREPARING;
  }

  private Behavior<Command> onDeadline() {
    if (phase == Phase.IDLING) {
      return prepare(List.of("the engines could not be looked at before the point in time"));
    }
    if (phase == Phase.PREPARING) {
      RollCall late = !planned.complete() ? planned : !clocksRead.complete() ? clocksRead : counters;
      return impossible("not everybody was ready for point %s within %d s: %s".formatted(
          setup.pointId(), setup.experiment().deadlines().arm().toSeconds(), late.describe()));
    }
    if (phase == Phase.PROVING) {
      ledger.note("KV transfer is not proven: the engines did not tell their counters in time");
      return finish();
    }
    shares.missing().forEach(node -> ledger.lost(node, "it did not finish its share in time"));
    records.missing().forEach(node -> ledger.note(node + ": its records did not arrive in full in time"));
    silent.missing().forEach(node -> ledger.note(node + ": its load did not end in time"));
    return finish();
  }

  private Behavior<Command> finishIfComplete() {
    if (phase == Phase.MEASURING && shares.complete() && records.complete() && silent.complete()) {
      phase = Phase.PROVING;
      timers.startSingleTimer(new Deadline(Phase.PROVING),
          interrupted ? PATIENCE_WHEN_INTERRUPTED : setup.experiment().deadlines().collect());
      // The engines are looked at for the last time before anything is sent to make them count.
      sampler.ifPresentOrElse(actor -> actor.tell(ServerSampler.Finish.INSTANCE), this::readCounters);
    }
    return this;
  }

  /** It has told, or has failed: then the point goes on without it. */
  private Behavior<Command> samplerDone() {
    if (phase == Phase.PROVING && sampler.isPresent()) {
      readCounters();
    }
    sampler = Optional.empty();
    return this;
  }

  private Behavior<Command> finish() {
    owner.tell(new Done(ledger.outcome(), setup.members(), ledger.anyLost()));
    return Behaviors.stopped();
  }

  private Behavior<Command> impossible(String reason) {
    setup.idle().cancel();
    owner.tell(new Impossible(reason));
    return Behaviors.stopped();
  }
}
