package dev.attain.client;

/** What a request's body says beside model, prompt, temperature, max_tokens and stream, for servers that take it. */
public enum BodyField {
  /** {@code ignore_eos}: the answer goes on past the end that the model would choose. */
  IGNORE_EOS,
  /** {@code min_tokens}: no end before so many tokens; not in a prefill leg, which asks for one. */
  MIN_TOKENS,
  /** {@code stream_options.include_usage}: the server says how many tokens it has sent. */
  STREAM_OPTIONS,
  /**
   * {@code stream_options.continuous_usage_stats}: it says so in every event, which costs some 70 bytes each. Only
   * together with {@link #STREAM_OPTIONS}.
   */
  CONTINUOUS_USAGE
}
