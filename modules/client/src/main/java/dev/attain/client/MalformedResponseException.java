package dev.attain.client;

/** The peer's bytes are not the HTTP or event stream they should be; the message says what was found. */
final class MalformedResponseException extends RuntimeException {
  MalformedResponseException(String message) {
    super(message);
  }
}
