package dev.attain.bench;

/**
 * What each client is asked to do in one run: Poisson arrivals.
 *
 * @param eventsPerSecond token events that the answers of these requests add up to once as many end as begin
 * @param requestsPerSecond mean rate of arrivals
 * @param requests how many
 * @param seed of arrivals and prompts, for clients that take one
 */
record Load(int eventsPerSecond, double requestsPerSecond, int requests, int seed) {
  static Load of(int eventsPerSecond, int seconds, int tokens, int seed) {
    double rate = (double) eventsPerSecond / tokens;
    return new Load(eventsPerSecond, rate, Math.max(1, (int) Math.round(rate * seconds)), seed);
  }

  /** The same with a single request: all that such a run costs is its start. */
  Load justStarting() {
    return new Load(eventsPerSecond, requestsPerSecond, 1, seed);
  }

  /** When the last arrival is due, in seconds. */
  double seconds() {
    return requests / requestsPerSecond;
  }
}
