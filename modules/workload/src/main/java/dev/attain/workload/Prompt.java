package dev.attain.workload;

import java.util.Arrays;

/** What a request sends. */
public sealed interface Prompt {

  /**
   * Ids of a model's vocabulary. The array is not copied, because prompts are made while the load runs: whoever holds
   * one must not write to it.
   */
  record TokenIds(int[] ids) implements Prompt {
    @Override
    public boolean equals(Object other) {
      return other instanceof TokenIds prompt && Arrays.equals(ids, prompt.ids);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
      return "TokenIds[" + ids.length + " ids]";
    }
  }

  /** English words separated by single spaces; only ASCII letters and spaces, so that it needs no escaping in JSON. */
  record Text(String text) implements Prompt {}
}
