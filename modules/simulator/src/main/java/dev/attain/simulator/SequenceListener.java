package dev.attain.simulator;

/**
 * Hears what becomes of a sequence. Called by {@link EngineCore} on the thread that drives it; the instants are those
 * of the step clock and may lie ahead of the present when the engine runs in wall time.
 */
interface SequenceListener {

  /** The engine has a token at that instant; {@link Sequence#finished()} says whether it is the last. */
  void token(Sequence sequence, long endNanos);

  /**
   * Blocks for the whole prompt are reserved and its KV may be fetched. Whoever drives the core answers with
   * {@link EngineCore#beginTransfer} or {@link EngineCore#failTransfer}.
   */
  void pull(Sequence sequence, long nanos);

  /** All bytes of the prompt's KV have arrived. */
  void landed(Sequence sequence, long nanos);

  /** Nobody read the KV that was held before its lease ended; its blocks are free. */
  void expired(Sequence sequence, long nanos);

  /** The sequence ended without a last token because its KV could not be fetched. */
  void failed(Sequence sequence, long nanos);
}
