package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.attain.measurement.EncodedSnapshot;
import dev.attain.measurement.Snapshot;
import dev.attain.measurement.SnapshotMerge;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merges the cumulative snapshots of one point: the newest from each node is the truth, so lost, repeated and reordered
 * messages change nothing once a later one has arrived. Publishes the merged view once a second and says which node has
 * fallen silent.
 */
final class Aggregator extends AbstractOnMessageBehavior<Aggregator.Command> {
  sealed interface Command {}

  /** A load node's newest cumulative snapshot. */
  record NodeSnapshot(String node, EncodedSnapshot snapshot) implements Command, Wire {}

  /** The load starts at about now: from here on silence counts. */
  enum Started implements Command {
    INSTANCE
  }

  /** This node owes no more snapshots: it has finished or is lost. */
  record NoMoreFrom(String node) implements Command {}

  private enum Tick implements Command {
    INSTANCE
  }

  /** What the aggregator tells its owner. */
  sealed interface Event {}

  /** Everything known at this moment, by node and in total. */
  record View(Map<String, Snapshot> byNode, Snapshot total) implements Event {}

  /** Nothing was heard of this node for this long. */
  record Silent(String node, Duration silence) implements Event {}

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Duration patience;
  private final ActorRef<Event> owner;
  private final TimerScheduler<Command> timers;
  private final SnapshotMerge merge = new SnapshotMerge();
  private final Map<String, Integer> silentTicks = new HashMap<>();
  private final Set<String> awaited;

  /** @param patience a node silent for this long is reported once */
  static Behavior<Command> create(List<String> nodes, Duration patience, ActorRef<Event> owner) {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Aggregator(context, timers, nodes, patience,
        owner)));
  }

  private Aggregator(ActorContext<Command> context, TimerScheduler<Command> timers, List<String> nodes,
      Duration patience, ActorRef<Event> owner) {
    super(context);
    this.timers = timers;
    this.patience = patience;
    this.owner = owner;
    this.awaited = new HashSet<>(nodes);
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    switch (message) {
      case NodeSnapshot newest -> {
        merge.offer(newest.node(), newest.snapshot().decodeOnDemand());
        silentTicks.put(newest.node(), 0);
      }
      case Started started -> timers.startTimerWithFixedDelay(Tick.INSTANCE, INTERVAL);
      case NoMoreFrom done -> awaited.remove(done.node());
      case Tick tick -> onTick();
    }
    return this;
  }

  private void onTick() {
    Map<String, Snapshot> byNode = new HashMap<>();
    for (String node : merge.nodes()) {
      merge.newest(node).ifPresent(snapshot -> byNode.put(node, snapshot));
    }
    owner.tell(new View(byNode, merge.total()));
    for (String node : List.copyOf(awaited)) {
      int ticks = silentTicks.merge(node, 1, Integer::sum);
      Duration silence = INTERVAL.multipliedBy(ticks);
      if (silence.compareTo(patience) > 0) {
        awaited.remove(node);
        owner.tell(new Silent(node, silence));
      }
    }
  }
}
