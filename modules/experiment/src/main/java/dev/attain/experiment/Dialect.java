package dev.attain.experiment;

/** Which of the two OpenAI endpoints requests go to. */
public enum Dialect {
  /** {@code /v1/completions}: prompts as token ids or as text. */
  COMPLETIONS,
  /** {@code /v1/chat/completions}: prompts as text. */
  CHAT
}
