package dev.attain.measurement;

/** What a point says about its deployment. */
public enum Verdict {
  /** The whole interval of the attainment is at or above the target. */
  PASS,
  /** The whole interval is below the target. */
  FAIL,
  /** The interval straddles the target. */
  UNDECIDED,
  /** The measurement cannot be believed, whatever it shows. */
  INVALID
}
