package dev.attain.planner;

/** Tries a deployment at rates. Implementations are deterministic and need not be thread-safe. */
@FunctionalInterface
interface Trials {

  /**
   * One run from cold engines.
   *
   * @param seedIndex which repeat, from 0; the same requests at every rate
   * @param rate requests per second, above 0
   * @param requests how many of the repeat's requests, from its first
   */
  Trial run(int seedIndex, double rate, int requests);
}
