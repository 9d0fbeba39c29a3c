package dev.attain.engines;

/** Instances that do not fit on the GPUs of a machine; the message is a sentence with the arithmetic. */
public final class PlacementException extends Exception {
  private static final long serialVersionUID = 1;

  PlacementException(String message) {
    super(message);
  }
}
