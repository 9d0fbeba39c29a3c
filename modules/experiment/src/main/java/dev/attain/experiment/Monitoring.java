package dev.attain.experiment;

import java.time.Duration;

/**
 * How closely the engines are watched while they are measured.
 *
 * @param interval between two looks at an instance's metrics and at the GPUs; zero: none
 */
public record Monitoring(Duration interval) {
  /** Whether nothing is watched. */
  public boolean off() {
    return interval.isZero();
  }
}
