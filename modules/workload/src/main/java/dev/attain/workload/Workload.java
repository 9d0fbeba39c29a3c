package dev.attain.workload;

/** What each request of a point asks for. Immutable and safe for any thread. */
public final class Workload {
  private Workload() {}

  /** A workload; the seed decides lengths and contents. */
  public static Workload of(ShapeSource source, PromptForm form, ModelLimits limits, long seed) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Size of request {@code index} (from 0), cut to the model's context. */
  public RequestShape shape(int index) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Prompt of request {@code index}: a pure function of (seed, index, nonce). */
  public Prompt prompt(int index, String nonce) {
    throw new UnsupportedOperationException("not yet");
  }

  /** How many of the first {@code planned} requests had to be shortened to fit the model's context. */
  public int cutToContext(int planned) {
    throw new UnsupportedOperationException("not yet");
  }

  /** {@code sha256:<hex>} over the form and the sizes of the first {@code planned} requests. */
  public String hash(int planned) {
    throw new UnsupportedOperationException("not yet");
  }
}
