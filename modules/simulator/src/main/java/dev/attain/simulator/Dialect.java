package dev.attain.simulator;

/** The two ways to ask for text. */
enum Dialect {
  COMPLETION("cmpl-", "text_completion", "text_completion"), CHAT("chatcmpl-", "chat.completion",
      "chat.completion.chunk");

  private final String idPrefix;
  private final String answerKind;
  private final String chunkKind;

  Dialect(String idPrefix, String answerKind, String chunkKind) {
    this.idPrefix = idPrefix;
    this.answerKind = answerKind;
    this.chunkKind = chunkKind;
  }

  String idPrefix() {
    return idPrefix;
  }

  /** Value of {@code object} in a whole answer. */
  String answerKind() {
    return answerKind;
  }

  /** Value of {@code object} in an event of a stream. */
  String chunkKind() {
    return chunkKind;
  }
}
