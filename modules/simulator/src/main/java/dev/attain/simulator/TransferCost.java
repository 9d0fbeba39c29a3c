package dev.attain.simulator;

/**
 * What moving a prompt's KV from the prefill to the decode instance costs: {@code start + descriptors * each} before
 * the first byte, then the bytes over a link that concurrent transfers share, then the hand-over to the scheduler.
 *
 * <p>
 * The descriptors are posted by the engine's worker, one transfer after another, and no step starts meanwhile.
 *
 * <p>
 * Defaults are this project's measurement of vLLM 0.26 with NIXL 1.3 on two H200 joined by NVLink, by counters of the
 * servers: 128 MiB (2,048 blocks in layers, some of them adjacent) take 10.8 ms, of which 4.6 ms post the descriptors;
 * 512 MiB (8,192) take 26 ms, of which 18.5 ms. That is about 5.8 ms + 2.3 us for each block in a layer + bytes at 0.7
 * of the link's 450 GB/s. Hand-over is about what remains of the decode leg after transfer, one decode step and the
 * HTTP front end.
 *
 * @param layers
 *          of the model; a block is one descriptor in each layer
 * @param bytesPerToken
 *          of keys and values over all layers
 */
record TransferCost(int layers, long bytesPerToken, double startSeconds, double secondsPerDescriptor,
    double bytesPerSecond, long handOverNanos) {

  /** Share of a link's data sheet that transfers reach. */
  static final double LINK_EFFICIENCY = 0.7;

  /**
   * Most that posting holds up one step. It is a little more than 512 MiB need, the most that was measured; of larger
   * transfers it is assumed that steps come in between.
   */
  static final long MOST_STALL_NANOS = 20_000_000;

  static final double START_SECONDS = 5.8e-3;
  static final double SECONDS_PER_DESCRIPTOR = 2.3e-6;
  static final double HAND_OVER_SECONDS = 2e-3;

  /**
   * One prompt's transfer.
   *
   * @param postNanos
   *          in which the worker hands descriptors to the network library and starts no step
   * @param startNanos
   *          from there to the first byte
   */
  record Transfer(long bytes, int descriptors, long postNanos, long startNanos) {}

  Transfer of(int tokens, int blockTokens) {
    int descriptors = layers * ((tokens + blockTokens - 1) / blockTokens);
    return new Transfer(tokens * bytesPerToken, descriptors,
        Math.round(descriptors * secondsPerDescriptor * 1e9), Math.round(startSeconds * 1e9));
  }
}
