package dev.attain.simulator;

/**
 * What a request passes before the scheduler sees it: HTTP, reading and checking the prompt, and the way to the engine's
 * process. It grows with the prompt, whether that comes as text or as token ids.
 *
 * <p>
 * What grows with the prompt is work of one event loop, which all requests share ({@link FrontEndQueue}); the rest is
 * waiting, which requests do side by side. So measured: of 128 requests of 512 tokens that come at once, the first
 * reaches the scheduler when the loop has read nearly all.
 */
record FrontEndCost(double requestNanos, double nanosPerToken) {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_MICRO = 1e3;

  /** Reads the flags; the defaults are of vLLM 0.26 on an idle server. */
  static FrontEndCost from(FlagValues flags) throws SimulatorException {
    return new FrontEndCost(flags.number("--sim-frontend-ms", 2.5, 0, 3.6e6) * NANOS_PER_MILLI,
        flags.number("--sim-frontend-us-per-token", 1.5, 0, 1e6) * NANOS_PER_MICRO);
  }

  /** Work of the event loop for a prompt. */
  double loopNanos(int promptTokens) {
    return nanosPerToken * promptTokens;
  }

  /** What each request waits beside that. */
  long restNanos() {
    return Math.round(requestNanos);
  }
}
