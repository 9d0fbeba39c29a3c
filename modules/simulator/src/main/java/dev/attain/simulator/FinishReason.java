package dev.attain.simulator;

import java.util.Locale;

/** Why a sequence ended, in vLLM's words. */
enum FinishReason {
  /** Its last allowed token was produced. */
  LENGTH,
  /** The model ended the answer by itself. */
  STOP,
  /** Its client went away. */
  ABORT,
  /** Its KV could not be fetched. */
  ERROR;

  /** As written in answers and metric labels. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
