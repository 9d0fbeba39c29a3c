package dev.attain.simulator;

/** Tells the truth when each token of an answer was really written. */
record TimedAnswer(Answer answer, RequestTruth truth) implements Answer {

  @Override
  public void token(LiveRequest request, boolean last) {
    answer.token(request, last);
    truth.written();
    if (last) {
      truth.end(request.order().ending());
    }
  }

  @Override
  public void failed() {
    answer.failed();
    truth.end(FinishReason.ERROR);
  }
}
