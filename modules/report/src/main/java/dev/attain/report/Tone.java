package dev.attain.report;

import dev.attain.measurement.Verdict;

/** What a cell's content means for the reader; every view shows it in its own way, beside the words. */
enum Tone {
  PLAIN(""), GOOD("\u001b[32m"), BAD("\u001b[31m"), OPEN("\u001b[33m"), BROKEN("\u001b[35m");

  /** Terminal control sequence that switches the tone's colour on. */
  final String ansi;

  Tone(String ansi) {
    this.ansi = ansi;
  }

  static Tone of(Verdict verdict) {
    return switch (verdict) {
      case PASS -> GOOD;
      case FAIL -> BAD;
      case UNDECIDED -> OPEN;
      case INVALID -> BROKEN;
    };
  }
}
