package dev.attain.cli;

/** Exit codes, one meaning each. */
enum ExitCode {
  /** Every point is valid and every assertion holds. */
  SUCCESS(0),
  /** An assertion of the configuration failed. */
  ASSERTION_FAILED(1),
  /** A point is INVALID, or was not measured. */
  INVALID(2),
  /** The configuration or the command line is wrong. */
  BAD_CONFIGURATION(3),
  /** Nodes or engines could not be deployed or started, or results could not be written. */
  COULD_NOT_START(4),
  /** Somebody interrupted the run. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
