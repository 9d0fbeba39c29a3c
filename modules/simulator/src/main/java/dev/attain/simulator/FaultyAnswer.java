package dev.attain.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * An answer in which something goes wrong once some of its tokens were written: in place of the next one, or of the last
 * one if there are not so many.
 */
final class FaultyAnswer implements Answer {

  private static final Set<FaultKind> STRIKES_ANSWERS = EnumSet.of(FaultKind.STALL, FaultKind.CUT,
      FaultKind.ERROR_EVENT, FaultKind.CRASH);

  private final Answer answer;
  private final Fault fault;
  private final HttpConnection connection;
  private final Runnable crash;
  private final Deque<Boolean> heldBack = new ArrayDeque<>();
  private int written;
  private boolean struck;
  private boolean holds;

  private FaultyAnswer(Answer answer, Fault fault, HttpConnection connection, Runnable crash) {
    this.answer = answer;
    this.fault = fault;
    this.connection = connection;
    this.crash = crash;
  }

  /** The answer with what is to go wrong with it once it has begun, or the answer itself. */
  static Answer around(Answer answer, RequestTruth truth, HttpConnection connection, Runnable crash) {
    return truth.fault().filter(fault -> STRIKES_ANSWERS.contains(fault.kind()))
        .map(fault -> (Answer) new FaultyAnswer(answer, fault, connection, crash)).orElse(answer);
  }

  @Override
  public void token(LiveRequest request, boolean last) {
    if (!struck && (written >= fault.after() || last)) {
      struck = true;
      request.truth().struck(fault.kind());
      strike(request);
    }
    if (holds) {
      heldBack.add(last);
    } else if (!struck || fault.kind() == FaultKind.STALL) {
      written++;
      answer.token(request, last);
    }
  }

  @Override
  public void failed() {
    answer.failed();
  }

  private void strike(LiveRequest request) {
    switch (fault.kind()) {
      case STALL -> {
        holds = true;
        connection.later(() -> release(request), fault.lastsNanos().orElse(0L), TimeUnit.NANOSECONDS);
      }
      case CUT -> connection.reset();
      case ERROR_EVENT -> {
        answer.failed();
        request.giveUp();
      }
      case CRASH -> crash.run();
      default -> throw new IllegalStateException(fault.kind() + " does not happen to a begun answer");
    }
  }

  private void release(LiveRequest request) {
    holds = false;
    heldBack.forEach(last -> answer.token(request, last));
    heldBack.clear();
  }
}
