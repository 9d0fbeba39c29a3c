package dev.attain.experiment;

import java.time.Duration;

/**
 * Load around the measured window of a point: the same arrivals go on before and after it, and are not measured.
 *
 * @param in before the window; not negative
 * @param out after the window at most, as long as measured requests are under way; not negative
 */
public record Lead(Duration in, Duration out) {
  /** The window stands alone. */
  public static final Lead NONE = new Lead(Duration.ZERO, Duration.ZERO);

  /** Whether there may be requests that are not measured. */
  public boolean any() {
    return !in.isZero() || !out.isZero();
  }
}
