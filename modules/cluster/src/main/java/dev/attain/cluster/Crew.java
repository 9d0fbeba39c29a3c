package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import dev.attain.client.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The load nodes of a run, seen from the coordinator: gathers them, gives each its name and the definition, connects and
 * warms them up for a deployment, keeps their lease alive, and notices who is gone.
 */
final class Crew extends AbstractOnMessageBehavior<Crew.Command> {
  sealed interface Command {}

  /** Connect every load node to the deployment and send the unmeasured requests. */
  record WarmUp(String deployment, Target target) implements Command {}

  /** The run is over. */
  enum Release implements Command {
    INSTANCE
  }

  private record Listed(Receptionist.Listing listing) implements Command {}

  private record FromNode(LoadProtocol.Reply reply) implements Command {}

  private record Gone(String node) implements Command {}

  private enum KeepAlive implements Command {
    INSTANCE
  }

  private record Deadline(String doing) implements Command {}

  /** What the coordinator hears. */
  sealed interface Event {}

  record Joining(int joined, int expected) implements Event {}

  record Assembled(Map<String, NodeFacts> facts) implements Event {}

  record Warm(List<PointRun.Member> members, List<String> notes) implements Event {}

  record MemberLost(String node, String reason) implements Event {}

  record Failed(String reason) implements Event {}

  enum Released implements Event {
    INSTANCE
  }

  private final RunContext run;
  private final ActorRef<Event> coordinator;
  private final TimerScheduler<Command> timers;
  private final ActorRef<LoadProtocol.Reply> replies;
  private final List<PointRun.Member> members = new ArrayList<>();
  private final Map<String, NodeFacts> facts = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private Optional<RollCall> answers = Optional.empty();
  private Optional<WarmUp> warming = Optional.empty();

  static Behavior<Command> create(RunContext run, ActorRef<Event> coordinator) {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Crew(context, timers, run, coordinator)));
  }

  private Crew(ActorContext<Command> context, TimerScheduler<Command> timers, RunContext run,
      ActorRef<Event> coordinator) {
    super(context);
    this.run = run;
    this.coordinator = coordinator;
    this.timers = timers;
    this.replies = context.messageAdapter(LoadProtocol.Reply.class, FromNode::new);
    context.getSystem().receptionist().tell(Receptionist.subscribe(LoadGenerator.KEY,
        context.messageAdapter(Receptionist.Listing.class, Listed::new)));
    timers.startSingleTimer(new Deadline("join"), run.experiment().deadlines().nodesJoin());
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Listed listed -> onListed(listed.listing());
      case FromNode from -> onReply(from.reply());
      case WarmUp order -> onWarmUp(order);
      case Gone gone -> {
        coordinator.tell(new MemberLost(gone.node(), "its process or its connection is gone"));
        yield this;
      }
      case KeepAlive tick -> {
        members.forEach(member -> member.generator().tell(new LoadProtocol.RenewLease(run.id())));
        yield this;
      }
      case Deadline deadline -> onDeadline(deadline.doing());
      case Release release -> onRelease();
    };
  }

  private Behavior<Command> onListed(Receptionist.Listing listing) {
    int expected = run.experiment().nodes().load();
    if (!members.isEmpty()) {
      return this;
    }
    List<ActorRef<LoadGenerator.Command>> found = listing.getServiceInstances(LoadGenerator.KEY).stream()
        .sorted(Comparator.comparing(ref -> ref.path().toSerializationFormat())).toList();
    coordinator.tell(new Joining(Math.min(found.size(), expected), expected));
    if (found.size() >= expected) {
      enlist(found.subList(0, expected));
    }
    return this;
  }

  private void enlist(List<ActorRef<LoadGenerator.Command>> generators) {
    Definition definition = Definition.of(run.experiment());
    Duration lease = run.experiment().deadlines().lease();
    for (int position = 0; position < generators.size(); position++) {
      ActorRef<LoadGenerator.Command> generator = generators.get(position);
      String node = "load-" + (position + 1);
      members.add(new PointRun.Member(node, generator));
      getContext().watchWith(generator, new Gone(node));
      generator.tell(new LoadProtocol.Enlist(run.id(), node, position, lease,
          ByteStreams.offer(getContext().getSystem(), definition), replies));
    }
    await("take the definition of the experiment", run.experiment().deadlines().nodesJoin());
    timers.startTimerWithFixedDelay(KeepAlive.INSTANCE, run.keepAliveInterval());
  }

  private Behavior<Command> onWarmUp(WarmUp order) {
    warming = Optional.of(order);
    notes.clear();
    members.forEach(member -> member.generator().tell(
        new LoadProtocol.Connect(order.deployment(), order.target(), replies)));
    await("connect to " + order.deployment(), run.experiment().deadlines().arm());
    return this;
  }

  private Behavior<Command> onReply(LoadProtocol.Reply reply) {
    switch (reply) {
      case LoadProtocol.Enlisted enlisted -> {
        facts.put(enlisted.node(), enlisted.facts());
        if (allAnswered(enlisted.node())) {
          coordinator.tell(new Assembled(Map.copyOf(facts)));
        }
      }
      case LoadProtocol.Connected connected -> {
        if (allAnswered(connected.node())) {
          startWarmUp();
        }
      }
      case LoadProtocol.WarmedUp warmed -> {
        if (warmed.failed() > 0) {
          notes.add("%s: %d of %d warm-up requests failed: %s".formatted(warmed.node(), warmed.failed(),
              warmed.requests(), warmed.firstFailure()));
        }
        if (allAnswered(warmed.node())) {
          coordinator.tell(new Warm(List.copyOf(members), List.copyOf(notes)));
        }
      }
      case LoadProtocol.Refused refused -> coordinator.tell(new Failed("%s could not %s: %s".formatted(refused.node(),
          refused.asked(), refused.reason())));
      case LoadProtocol.Prepared other -> {}
      case LoadProtocol.Armed other -> {}
      case LoadProtocol.Finished other -> {}
      case LoadProtocol.Ceased other -> {}
    }
    return this;
  }

  private void startWarmUp() {
    warming.ifPresent(order -> {
      int pairs = DeploymentPlan.pairs(order.target());
      members.forEach(member -> member.generator().tell(
          new LoadProtocol.WarmUp(order.deployment(), pairs, replies)));
      await("warm up " + order.deployment(), run.experiment().deadlines().warmUp());
    });
  }

  private void await(String doing, Duration patience) {
    timers.cancel(new Deadline("join"));
    answers = Optional.of(new RollCall(members.stream().map(PointRun.Member::node).toList()));
    timers.startSingleTimer(Deadline.class, new Deadline(doing), patience);
  }

  private boolean allAnswered(String node) {
    RollCall roll = answers.orElseThrow();
    roll.heard(node);
    if (roll.complete()) {
      timers.cancel(Deadline.class);
    }
    return roll.complete();
  }

  private Behavior<Command> onDeadline(String doing) {
    Duration joined = run.experiment().deadlines().nodesJoin();
    coordinator.tell(new Failed(answers
        .map(roll -> "the load nodes did not %s in time: %s".formatted(doing, roll.describe()))
        .orElseGet(
            () -> "fewer than %d load nodes joined within %d s; start more with: attain node --role load --join %s"
                .formatted(run.experiment().nodes().load(), joined.toSeconds(),
                    NodeSystem.hostAndPort(getContext().getSystem())))));
    return this;
  }

  private Behavior<Command> onRelease() {
    members.forEach(member -> {
      getContext().unwatch(member.generator());
      member.generator().tell(new LoadProtocol.Release(run.id()));
    });
    coordinator.tell(Released.INSTANCE);
    return Behaviors.stopped();
  }
}
