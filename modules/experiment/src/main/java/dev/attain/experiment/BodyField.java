package dev.attain.experiment;

import java.util.Set;

/** What a request's body may say beside model, prompt, temperature, max_tokens and stream, if the server takes it. */
public enum BodyField {
  /** {@code ignore_eos}: the answer goes on past the end that the model would choose. */
  IGNORE_EOS,
  /** {@code min_tokens}: no end before so many tokens. */
  MIN_TOKENS,
  /** {@code stream_options.include_usage}: the server says how many tokens it has sent. */
  STREAM_OPTIONS,
  /** {@code stream_options.continuous_usage_stats}: it says so in every event. Only with {@link #STREAM_OPTIONS}. */
  CONTINUOUS_USAGE;

  /** Whether requests with these fields get answers of exactly the length they ask for. */
  public static boolean forceLength(Set<BodyField> fields) {
    return fields.contains(IGNORE_EOS) || fields.contains(MIN_TOKENS);
  }
}
