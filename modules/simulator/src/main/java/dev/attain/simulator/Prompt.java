package dev.attain.simulator;

/** What a request asks to continue. */
sealed interface Prompt {

  /** Given as token ids, so that its length is exact. */
  record Ids(int[] ids) implements Prompt {}

  /** Given as text, counted as four characters a token; a chat's messages are rendered to text first. */
  record Text(String text) implements Prompt {}

  default int tokens() {
    return switch (this) {
      case Ids given -> given.ids().length;
      case Text given -> TokenText.count(given.text());
    };
  }

  /** Token ids, made up for text. */
  default int[] ids(int vocabulary) {
    return switch (this) {
      case Ids given -> given.ids();
      case Text given -> TokenText.ids(given.text(), vocabulary);
    };
  }
}
