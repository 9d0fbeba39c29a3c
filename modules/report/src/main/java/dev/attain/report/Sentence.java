package dev.attain.report;

import java.util.Locale;

/** How sentences begin. */
final class Sentence {
  private Sentence() {}

  /** With a capital letter in front. */
  static String of(String clause) {
    return clause.substring(0, clause.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
        + clause.substring(clause.offsetByCodePoints(0, 1));
  }
}
