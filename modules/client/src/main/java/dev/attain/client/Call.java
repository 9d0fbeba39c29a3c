package dev.attain.client;

import dev.attain.measurement.Outcome;
import dev.attain.measurement.RequestRecord;
import dev.attain.measurement.Sending;

/**
 * One request from its hand-over to its outcome: its stamps, its legs and its record. Confined to one event loop.
 * Instants are the clock's own until the record makes them relative to the start of the point.
 */
abstract sealed class Call permits CompletionCall, TwoLegCall {
  private static final long NEVER = RequestRecord.NEVER;

  private final PlannedRequest request;
  private final RequestBody body;
  private final Lane lane;
  private final int prefillInstance;
  private final int decodeInstance;
  /** The leg under way. */
  private Leg leg;
  private boolean concluded;
  private int slot;
  private long handedNanos = NEVER;
  private long sentNanos = NEVER;
  private long writtenNanos = NEVER;
  private int connectionsOpened;
  private long connectNanos = NEVER;
  private long idleNanos = NEVER;
  private boolean staleConnection;
  private long firstByteNanos = NEVER;
  private long firstTokenNanos = NEVER;
  private long lastTokenNanos = NEVER;
  private int tokenEvents;
  private int countedTokens;
  private int outputTokens;

  /** Instances are -1 where there is none. */
  Call(PlannedRequest request, RequestBody body, Lane lane, int prefillInstance, int decodeInstance) {
    this.request = request;
    this.body = body;
    this.lane = lane;
    this.prefillInstance = prefillInstance;
    this.decodeInstance = decodeInstance;
  }

  /** Sends the first leg. */
  abstract void begin();

  /** When the prefill leg had been answered, or never. */
  abstract long prefillDoneNanos();

  /** When the decode leg was sent, or never. */
  abstract long decodeSentNanos();

  final RequestBody body() {
    return body;
  }

  final Lane lane() {
    return lane;
  }

  final boolean measured() {
    return request.measured();
  }

  final boolean concluded() {
    return concluded;
  }

  /** Place among the open calls of its lane, which keeps it. */
  final int slot() {
    return slot;
  }

  final void slot(int place) {
    slot = place;
  }

  final void send(Leg next) {
    leg = next;
    try {
      lane.send(next);
    } catch (RuntimeException e) {
      // Whatever went wrong here, the request must not be left without an outcome.
      giveUp(Outcome.FAILED, "client error: " + ErrorText.clip(e.toString()), lane.nowNanos());
    }
  }

  /** When the pacer handed the request to its event loop. */
  final void handed(long nanos) {
    handedNanos = nanos;
  }

  void started(Leg which, long nanos) {
    if (sentNanos == NEVER) {
      sentNanos = nanos;
    }
  }

  final void connecting() {
    connectionsOpened++;
  }

  final void connected(long nanos) {
    connectNanos = nanos + (connectNanos == NEVER ? 0 : connectNanos);
  }

  final void tookIdle(long nanos) {
    idleNanos = Math.max(idleNanos, nanos);
  }

  /** The first request to be written counts. */
  final void written(long nanos) {
    if (writtenNanos == NEVER) {
      writtenNanos = nanos;
    }
  }

  final void hadStaleConnection() {
    staleConnection = true;
  }

  /** The first byte of the streamed answer counts; a prefill leg's answer has a stamp of its own. */
  final void firstByte(Leg which, long nanos) {
    if (which instanceof StreamLeg) {
      firstByteNanos = nanos;
    }
  }

  /** An event with at least one token; {@code tokens} as far as is known while the answer comes. */
  final void tokens(int tokens, long nanos) {
    if (tokenEvents == 0) {
      firstTokenNanos = nanos;
    } else if (request.measured()) {
      lane.tokenGap(nanos - lastTokenNanos, tokens);
    }
    lastTokenNanos = nanos;
    tokenEvents++;
    countedTokens += tokens;
    lane.tokenEvent();
  }

  /** The number of tokens in the answer, as the server counted them if it did. */
  final void received(int tokens) {
    outputTokens = tokens;
  }

  /** The outcome; only the first one counts. */
  final void conclude(Outcome outcome, String reason, long nanos) {
    if (!concluded) {
      concluded = true;
      lane.concluded(this, record(outcome, reason, nanos));
    }
  }

  /** Ends the request now; its connection is closed too. */
  final void giveUp(Outcome outcome, String reason, long nanos) {
    conclude(outcome, reason, nanos);
    if (leg != null) {
      leg.cancel();
    }
  }

  /** Gives up if a deadline has passed. */
  final void checkDeadlines(long nowNanos, Patience patience) {
    if (leg == null || sentNanos == NEVER) {
      return;
    }
    String reason = leg.overdue(nowNanos, patience);
    if (reason.isEmpty() && nowNanos - sentNanos >= patience.totalNanos()) {
      reason = leg.overdueInTotal(patience);
    }
    if (!reason.isEmpty()) {
      giveUp(Outcome.TIMED_OUT, reason, nowNanos);
    }
  }

  private RequestRecord record(Outcome outcome, String reason, long endNanos) {
    int tokens = outputTokens == 0 ? countedTokens : outputTokens;
    return new RequestRecord(request.index(), request.shape().promptTokens(), body.length().tokens(), tokens,
        tokenEvents,
        request.intendedNanos(), request.releasedNanos(), sinceStart(sentNanos), sinceStart(prefillDoneNanos()),
        sinceStart(decodeSentNanos()), sinceStart(firstByteNanos), sinceStart(firstTokenNanos),
        sinceStart(lastTokenNanos), sinceStart(endNanos),
        outcome, reason, prefillInstance, decodeInstance, countedTokens,
        new Sending(sinceStart(handedNanos), sinceStart(writtenNanos), connectionsOpened, connectNanos, idleNanos,
            staleConnection));
  }

  private long sinceStart(long nanos) {
    return nanos == NEVER ? NEVER : nanos - lane.originNanos();
  }
}
