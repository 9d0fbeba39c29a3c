package dev.attain.simulator;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * One engine in virtual time: what {@link EngineThread} does in wall time, as events that whoever drives several of
 * them takes in the order of {@link #nextNanos}.
 *
 * <p>
 * A step is computed when it starts, so that its tokens lie ahead of the present; what arrives until its end is looked
 * at then.
 */
final class VirtualServer {

  private final EngineCore core;
  private final long frontEndNanos;
  private final PriorityQueue<Inbound> inbound = new PriorityQueue<>(
      Comparator.comparingLong(Inbound::receivedNanos).thenComparingInt(Inbound::index));
  private final Deque<Sequence> accepted = new ArrayDeque<>();
  private long clockNanos;
  private long wokenNanos = EngineCore.NEVER;
  private boolean idle = true;

  /** Makes the sequence of a request once its front end has accepted it. */
  @FunctionalInterface
  interface Leg {
    Sequence begin(long arrivalNanos);
  }

  private record Inbound(long receivedNanos, int index, Leg leg) {}

  VirtualServer(EngineCore core, long frontEndNanos) {
    this.core = core;
    this.frontEndNanos = frontEndNanos;
  }

  EngineCore core() {
    return core;
  }

  /** When its last step started or ended, whichever it got to. */
  long nowNanos() {
    return clockNanos;
  }

  /** A request reaches this server; the index orders those of one instant. */
  void receive(long receivedNanos, int index, Leg leg) {
    inbound.add(new Inbound(receivedNanos, index, leg));
  }

  /** Something changed that an idle engine may be waiting for. */
  void wake(long nanos) {
    wokenNanos = Math.min(wokenNanos, nanos);
  }

  /** When this engine has to be driven next; {@link EngineCore#NEVER} when nothing is left to do. */
  long nextNanos() {
    if (!idle) {
      return clockNanos;
    }
    long next = Math.min(wokenNanos, core.nextTimerNanos());
    if (!accepted.isEmpty()) {
      next = Math.min(next, accepted.peek().order().arrivalNanos());
    }
    if (!inbound.isEmpty()) {
      next = Math.min(next, inbound.peek().receivedNanos() + frontEndNanos);
    }
    return next == EngineCore.NEVER ? next : Math.max(next, clockNanos);
  }

  /** Starts the step that is due at {@link #nextNanos}. */
  void drive() {
    clockNanos = nextNanos();
    wokenNanos = EngineCore.NEVER;
    accept();
    while (!accepted.isEmpty() && accepted.peek().order().arrivalNanos() <= clockNanos) {
      core.submit(accepted.remove());
    }
    long end = core.step(clockNanos);
    idle = end == EngineCore.IDLE;
    clockNanos = idle ? clockNanos : end;
  }

  private void accept() {
    while (!inbound.isEmpty() && inbound.peek().receivedNanos() <= clockNanos) {
      Inbound next = inbound.remove();
      accepted.add(next.leg().begin(next.receivedNanos() + frontEndNanos));
    }
  }
}
