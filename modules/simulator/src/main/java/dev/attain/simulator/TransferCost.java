package dev.attain.simulator;

/**
 * What moving a prompt's KV from the prefill to the decode instance costs: {@code start + descriptors * each} before
 * the first byte, then the bytes over a link that concurrent transfers share, then the hand-over to the scheduler.
 *
 * <p>
 * Defaults are this project's measurement of vLLM 0.26 with NIXL 1.3 on two H200 joined by NVLink, by counters of the
 * servers: 128 MiB in 1,900 descriptors take 10.8 ms, of which 4.6 ms post the descriptors; 512 MiB in 6,300 take
 * 26 ms, of which 18.5 ms. That is about 5.8 ms + 2.7 us for each descriptor + bytes at 0.7 of the link's 450 GB/s.
 * Hand-over is what remains of the decode leg, 3 to 8 ms over five prompt lengths, after transfer, one decode step and
 * the HTTP front end.
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

  static final double START_SECONDS = 5.8e-3;
  static final double SECONDS_PER_DESCRIPTOR = 2.7e-6;
  static final double HAND_OVER_SECONDS = 5e-3;

  /** One prompt's transfer. */
  record Transfer(long bytes, int descriptors, long setupNanos) {}

  Transfer of(int tokens, int blockTokens) {
    int descriptors = layers * ((tokens + blockTokens - 1) / blockTokens);
    return new Transfer(tokens * bytesPerToken, descriptors,
        Math.round((startSeconds + descriptors * secondsPerDescriptor) * 1e9));
  }
}
