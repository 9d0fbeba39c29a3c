package dev.attain.workload;

/** How a prompt is written. */
public enum PromptForm {
  /**
   * Token ids: the length is exact and no tokenizer is needed, but the engine must accept ids ({@code
   * /v1/completions}).
   */
  TOKEN_IDS,
  /** Words: any engine takes them, but the length in tokens is approximate. */
  TEXT
}
