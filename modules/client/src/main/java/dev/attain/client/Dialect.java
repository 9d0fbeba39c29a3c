package dev.attain.client;

/** The OpenAI endpoint that requests are sent to. */
public enum Dialect {
  /** {@code /v1/completions}: prompts as token ids or as text. */
  COMPLETIONS("/completions"),
  /** {@code /v1/chat/completions}: prompts as text, sent as one user message. */
  CHAT("/chat/completions");

  private final String path;

  Dialect(String path) {
    this.path = path;
  }

  /** The path below {@code /v1}. */
  String path() {
    return path;
  }
}
