package dev.attain.simulator;

/**
 * What the front end, vLLM's API server, costs. On the way in: HTTP, reading and checking the prompt, and the way to the
 * engine's process, which grows with the prompt, whether that comes as text or as token ids. On the way out: turning a
 * token into text, putting that into an event and writing it.
 *
 * <p>
 * What grows with the prompt is work of one event loop, which all requests share ({@link FrontEndQueue}); the rest is
 * waiting, which requests do side by side. So measured: of 128 requests of 512 tokens that come at once, the first
 * reaches the scheduler when the loop has read nearly all.
 *
 * <p>
 * Outputs go out one after the other ({@link OutputQueue}). What one costs was measured with vLLM 0.26 beside two H200,
 * as the distance between the first tokens of one step, of bursts of 8 to 128 requests: medians of 31 us with tensor
 * parallel 2, 32 us on a decode instance, 47 us on one GPU; it cannot be more than 68 us, or 64 streams could not have
 * had a token every 4.4 ms. vLLM 0.32 needed 37 to 58 us of its API server's processor time for a token, with 32 to 128
 * streams on two cores that it shared with others. Published rates of a server whose front end was the limit agree:
 * 12,850 to 14,300 tokens/s of early 2025, 70 to 78 us for reading prompts, too, before several improvements
 * (vllm-project/vllm, pull request 12287).
 *
 * @param requestNanos
 *          waiting of a request
 * @param nanosPerToken
 *          work for a token of a prompt
 * @param outputNanos
 *          work for an output
 */
record FrontEndCost(double requestNanos, double nanosPerToken, long outputNanos) {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_MICRO = 1e3;

  /** Reads the flags; the defaults are of vLLM 0.26 on an idle server. */
  static FrontEndCost from(FlagValues flags) throws SimulatorException {
    return new FrontEndCost(flags.number("--sim-frontend-ms", 2.5, 0, 3.6e6) * NANOS_PER_MILLI,
        flags.number("--sim-frontend-us-per-token", 1.5, 0, 1e6) * NANOS_PER_MICRO,
        Math.round(flags.number("--sim-output-us", 35, 0, 1e6) * NANOS_PER_MICRO));
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
