package dev.attain.client;

/**
 * Requests that kept the load up around the measured ones. An engine's counters have them too.
 *
 * @param sent how many were sent
 * @param completed how many of them were answered in full
 * @param promptTokens tokens of the prompts of those
 */
public record Unmeasured(long sent, long completed, long promptTokens) {
  /** None. */
  public static final Unmeasured NONE = new Unmeasured(0, 0, 0);

  /** Both together. */
  public Unmeasured plus(Unmeasured other) {
    return new Unmeasured(sent + other.sent, completed + other.completed, promptTokens + other.promptTokens);
  }
}
