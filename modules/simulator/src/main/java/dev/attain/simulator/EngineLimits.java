package dev.attain.simulator;

/**
 * The scheduler's bounds.
 *
 * @param maxSequences
 *          running at once
 * @param maxBatchedTokens
 *          in one step, decoded and prefilled together
 * @param blocks
 *          of KV cache, each of {@code blockTokens} tokens
 * @param watermarkBlocks
 *          that admission leaves free so that running sequences can grow
 * @param leaseNanos
 *          how long KV is held for a decode instance
 * @param schedulesAhead
 *          whether a step is put together while the one before it still runs, as vLLM's asynchronous scheduling does;
 *          what arrives during a step then waits for the step after the next one
 */
record EngineLimits(int maxSequences, int maxBatchedTokens, int blocks, int blockTokens, int watermarkBlocks,
    long leaseNanos, boolean schedulesAhead) {

  /** Most tokens the KV cache holds. */
  long kvTokens() {
    return (long) blocks * blockTokens;
  }
}
