package dev.attain.simulator;

import java.util.Comparator;
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
  private final FrontEndCost frontEnd;
  private final PriorityQueue<Inbound> inbound = new PriorityQueue<>(
      Comparator.comparingLong(Inbound::acceptedNanos).thenComparingInt(Inbound::index));
  private long clockNanos;
  private long wokenNanos = EngineCore.NEVER;
  private boolean idle = true;

  /** Makes the sequence of a request once its front end has accepted it. */
  @FunctionalInterface
  interface Leg {
    Sequence begin(long arrivalNanos);
  }

  /** A request on its way through the front end. */
  private record Inbound(long acceptedNanos, int index, Leg leg) {}

  VirtualServer(EngineCore core, FrontEndCost frontEnd) {
    this.core = core;
    this.frontEnd = frontEnd;
  }

  EngineCore core() {
    return core;
  }

  /** When its last step started or ended, whichever it got to. */
  long nowNanos() {
    return clockNanos;
  }

  /** A request reaches this server; the index orders those of one instant. */
  void receive(long receivedNanos, int index, int promptTokens, Leg leg) {
    inbound.add(new Inbound(receivedNanos + frontEnd.nanos(promptTokens), index, leg));
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
    if (!inbound.isEmpty()) {
      next = Math.min(next, inbound.peek().acceptedNanos());
    }
    return next == EngineCore.NEVER ? next : Math.max(next, clockNanos);
  }

  /** Starts the step that is due at {@link #nextNanos}. */
  void drive() {
    clockNanos = nextNanos();
    wokenNanos = EngineCore.NEVER;
    while (!inbound.isEmpty() && inbound.peek().acceptedNanos() <= clockNanos) {
      Inbound next = inbound.remove();
      core.submit(next.leg().begin(next.acceptedNanos()));
    }
    long end = core.step(clockNanos);
    idle = end == EngineCore.IDLE;
    clockNanos = idle ? clockNanos : end;
  }
}
