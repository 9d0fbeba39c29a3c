package dev.attain.simulator;

import java.util.Locale;

/** What can be said about a fault. */
enum FaultKey {
  /** Share of the requests. */
  RATE("share of the requests, above 0 and up to 1 (1)"),
  /** Its beginning. */
  AT("when it begins, from the start of the engine, such as 10s or 250ms (0s)"),
  /** Its length. */
  FOR("how long it lasts, such as 2s (for ever)"),
  /** Tokens before it. */
  AFTER("tokens that come before it (1)"),
  /** Tokens too many or too few. */
  BY("how many tokens (1)"),
  /** Length of slow steps. */
  FACTOR("above 0, such as 3"),
  /** In the answer's head. */
  RETRY_AFTER("the header's value, in whole seconds (1s)");

  private final String meaning;

  FaultKey(String meaning) {
    this.meaning = meaning;
  }

  String wireName() {
    return dashed(this);
  }

  String meaning() {
    return meaning;
  }

  static String dashed(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
