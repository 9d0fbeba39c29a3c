package dev.attain.results;

/** A folder is not a bundle that this version can read; the message says which file and what is wrong with it. */
public final class BundleException extends Exception {

  BundleException(String message) {
    super(message);
  }

  BundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
