package dev.attain.simulator;

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
  private final FrontEndQueue<Leg> inbound;
  private final OutputQueue outbound;
  private long clockNanos;
  private long wokenNanos = EngineCore.NEVER;
  private boolean idle = true;

  /** Makes the sequence of a request once its front end has accepted it. */
  @FunctionalInterface
  interface Leg {
    Sequence begin(long arrivalNanos);
  }

  VirtualServer(EngineCore core, FrontEndCost frontEnd) {
    this.core = core;
    this.inbound = new FrontEndQueue<>(frontEnd);
    this.outbound = new OutputQueue(frontEnd);
  }

  EngineCore core() {
    return core;
  }

  /** When its last step started or ended, whichever it got to. */
  long nowNanos() {
    return clockNanos;
  }

  /** A request reaches this server. */
  void receive(long receivedNanos, int promptTokens, Leg leg) {
    inbound.add(receivedNanos, promptTokens, leg);
  }

  /** When the next token, of a step that ends at that instant, leaves this server. */
  long leaveNanos(long stepEndNanos) {
    return outbound.leaveNanos(stepEndNanos);
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
    long next = Math.min(Math.min(wokenNanos, core.nextTimerNanos()), inbound.nextNanos());
    return next == EngineCore.NEVER ? next : Math.max(next, clockNanos);
  }

  /** Starts the step that is due at {@link #nextNanos}. */
  void drive() {
    clockNanos = nextNanos();
    wokenNanos = EngineCore.NEVER;
    for (long next = inbound.nextNanos(); next <= clockNanos; next = inbound.nextNanos()) {
      core.submit(inbound.take().begin(next));
    }
    long end = core.step(clockNanos);
    idle = end == EngineCore.IDLE;
    clockNanos = idle ? clockNanos : end;
  }
}
