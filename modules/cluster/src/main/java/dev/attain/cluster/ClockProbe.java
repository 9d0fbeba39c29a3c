package dev.attain.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.attain.measurement.NanoClock;
import java.time.Duration;
import java.util.Optional;

/**
 * Measures one load node's monotonic clock against ours: many round trips, the shortest wins. Answers exactly once, then
 * stops; a node that does not answer in time is reported with the round trips it did answer.
 */
final class ClockProbe extends AbstractOnMessageBehavior<ClockProbe.Command> {
  sealed interface Command {}

  /** The node's answer to {@link LoadProtocol.ReadClock}. */
  record ClockRead(long sequence, long nodeNanos) implements Command, Wire {}

  private enum Retry implements Command {
    INSTANCE
  }

  private enum Deadline implements Command {
    INSTANCE
  }

  /** What came out: empty reading means that the node never answered. */
  record Measured(String node, Optional<ClockReading> reading) {}

  private static final Duration PATIENCE_PER_ROUND_TRIP = Duration.ofMillis(500);

  private final TimerScheduler<Command> timers;
  private final NanoClock clock;
  private final String node;
  private final ActorRef<? super LoadProtocol.Order> target;
  private final int roundTrips;
  private final ActorRef<Measured> listener;
  private Optional<ClockReading> best = Optional.empty();
  private long sequence;
  private long sentNanos;

  static Behavior<Command> create(NanoClock clock, String node, ActorRef<? super LoadProtocol.Order> target,
      int roundTrips, Duration deadline, ActorRef<Measured> listener) {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> new ClockProbe(context, timers, clock, node,
        target, roundTrips, deadline, listener)));
  }

  private ClockProbe(ActorContext<Command> context, TimerScheduler<Command> timers, NanoClock clock, String node,
      ActorRef<? super LoadProtocol.Order> target, int roundTrips, Duration deadline, ActorRef<Measured> listener) {
    super(context);
    this.timers = timers;
    this.clock = clock;
    this.node = node;
    this.target = target;
    this.roundTrips = roundTrips;
    this.listener = listener;
    timers.startSingleTimer(Deadline.INSTANCE, deadline);
    ask();
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case ClockRead read -> onRead(read);
      case Retry retry -> {
        ask();
        yield this;
      }
      case Deadline deadline -> finish();
    };
  }

  private Behavior<Command> onRead(ClockRead read) {
    long receivedNanos = clock.nanos();
    if (read.sequence() != sequence) {
      return this;
    }
    ClockReading reading = ClockReading.ofRoundTrip(sentNanos, read.nodeNanos(), receivedNanos);
    best = Optional.of(best.map(known -> known.tighter(reading)).orElse(reading));
    if (best.get().roundTrips() >= roundTrips) {
      return finish();
    }
    ask();
    return this;
  }

  private void ask() {
    sequence++;
    sentNanos = clock.nanos();
    target.tell(new LoadProtocol.ReadClock(sequence, getContext().getSelf()));
    // A lost message must not end the probe: the next round trip replaces it.
    timers.startSingleTimer(Retry.INSTANCE, PATIENCE_PER_ROUND_TRIP);
  }

  private Behavior<Command> finish() {
    listener.tell(new Measured(node, best));
    return Behaviors.stopped();
  }
}
