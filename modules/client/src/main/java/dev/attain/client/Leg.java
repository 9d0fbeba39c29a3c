package dev.attain.client;

import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** One HTTP request and its answer, as part of a call. Confined to the call's event loop. */
abstract sealed class Leg implements ResponseReader.Sink permits StreamLeg, PrefillLeg {
  private static final int OK = 200;
  private static final int REFUSAL_LIMIT_BYTES = 1024 * 1024;

  private final Call call;
  private final Endpoint endpoint;
  /** Stands before each reason and says which of two legs failed; empty for a colocated call. */
  private final String prefix;
  private final ByteLine refusal = new ByteLine(0, REFUSAL_LIMIT_BYTES);
  /** Null until there is one, and again after {@link #cancel}. */
  private Connection connection;
  private long startedNanos = RequestRecord.NEVER;
  private long readNanos = RequestRecord.NEVER;
  private int status;
  private boolean connectionWasIdle;
  private boolean answered;
  private boolean cancelled;

  Leg(Call call, Endpoint endpoint, String prefix) {
    this.call = call;
    this.endpoint = endpoint;
    this.prefix = prefix;
  }

  /** The whole request. */
  abstract ByteBuf message(ByteBufAllocator allocator);

  /** Body bytes of a 200 answer. */
  abstract void content(ByteBuf data, int from, int to);

  /** The regular end of a 200 answer. */
  abstract void contentEnd();

  /** How far the answer had come, for the reason when it goes no further. */
  abstract String progress();

  final Call call() {
    return call;
  }

  final Endpoint endpoint() {
    return endpoint;
  }

  /** The leg goes out: its connection is being opened. */
  final void connecting(long nanos) {
    started(nanos);
    call.connecting();
  }

  /** Its own connection stands. */
  final void connected(long nanos) {
    call.connected(nanos - startedNanos);
  }

  /** The leg goes out: written to a connection that has been idle for so long. */
  final void startedIdle(long nanos, long idleNanos) {
    connectionWasIdle = true;
    started(nanos);
    call.tookIdle(idleNanos);
  }

  private void started(long nanos) {
    startedNanos = nanos;
    call.started(this, nanos);
  }

  /** The socket has taken the last byte of the request. */
  final void written(long nanos) {
    call.written(nanos);
  }

  final void attached(Connection used) {
    connection = used;
  }

  /** The instant of the read whose bytes follow. */
  final void reading(long nanos) {
    readNanos = nanos;
    if (!answered) {
      answered = true;
      call.firstByte(this, nanos);
    }
  }

  /** The instant of the latest read. */
  final long readNanos() {
    return readNanos;
  }

  @Override
  public final void head(int answeredStatus) {
    status = answeredStatus;
  }

  @Override
  public final void body(ByteBuf data, int from, int to) {
    if (call.concluded()) {
      return;
    }
    if (status == OK) {
      content(data, from, to);
    } else {
      refusal.append(data, from, to);
    }
  }

  /** The answer is complete, and its connection is free for others. */
  final void end() {
    if (call.concluded()) {
      return;
    }
    if (status == OK) {
      contentEnd();
    } else {
      String message = ErrorText.of(refusal.bytes(), 0, refusal.length());
      fail("HTTP " + status + (message.isEmpty() ? "" : ": " + message));
    }
  }

  /** The connection broke: "closed", "reset" or the like. */
  final void broken(String how, String circumstances, long nanos) {
    if (connectionWasIdle && !answered) {
      call.hadStaleConnection();
    }
    String where = answered ? progress() : "before the first byte" + circumstances;
    call.conclude(Outcome.FAILED, prefix + "connection " + how + " " + where, nanos);
  }

  /** No connection could be had, or the peer does not speak HTTP. */
  final void impossible(Outcome outcome, String reason, long nanos) {
    call.conclude(outcome, prefix + reason, nanos);
  }

  final void fail(String reason) {
    call.conclude(Outcome.FAILED, prefix + reason, readNanos);
  }

  /** Why this leg is overdue at {@code nowNanos}; empty when it is not. */
  final String overdue(long nowNanos, Patience patience) {
    boolean silent = !answered && startedNanos != RequestRecord.NEVER
        && nowNanos - startedNanos >= patience.firstByteNanos();
    return silent ? prefix + "no first byte within " + patience.firstByteText() : "";
  }

  /** Why the call as a whole is overdue. */
  final String overdueInTotal(Patience patience) {
    return prefix + "no end within " + patience.totalText() + (answered ? ", " + progress() : "");
  }

  /** Nobody waits for the answer any more: closing the connection tells the server to stop generating. */
  final void cancel() {
    cancelled = true;
    if (connection != null) {
      connection.abandon(this);
    }
  }

  /** Whether a connection that is being opened is still wanted. */
  final boolean wanted() {
    return !cancelled && !call.concluded();
  }
}
