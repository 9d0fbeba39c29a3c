package dev.attain.experiment;

/** From what the number of tokens in a single event is to be known. */
public enum TokenCounts {
  /** The engine is asked only where an event may carry several tokens, as its options say. */
  AUTO,
  /** The engine is asked for its usage in each event. */
  USAGE,
  /** The engine is not asked: an event is one token, unless it names its token ids unasked. */
  EVENTS
}
