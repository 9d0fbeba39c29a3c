package dev.attain.simulator;

/** How one request is answered. Used only on the event loop of its connection. */
interface Answer {

  /** The sequence's next token, in order. */
  void token(LiveRequest request, boolean last);

  /** The engine could not serve the request. */
  void failed();
}
