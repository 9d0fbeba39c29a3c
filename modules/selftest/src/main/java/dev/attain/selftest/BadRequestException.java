package dev.attain.selftest;

/** A request that gets an error for an answer. The message is a sentence for the client, in ASCII without quotes. */
final class BadRequestException extends Exception {
  private final int status;

  BadRequestException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
