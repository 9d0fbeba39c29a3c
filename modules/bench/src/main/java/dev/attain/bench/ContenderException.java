package dev.attain.bench;

/** A contender cannot take part or has failed; the message says why in words for the reader of the table. */
final class ContenderException extends Exception {
  private static final long serialVersionUID = 1;

  ContenderException(String message) {
    super(message);
  }
}
