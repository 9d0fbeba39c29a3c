package dev.attain.results;

import dev.attain.measurement.Slo;
import java.time.Duration;

/**
 * The SLO of an experiment.
 *
 * @param ttft seconds
 * @param tpot seconds
 * @param target share of planned requests that must meet both, 0 to 1
 */
public record Objectives(double ttft, double tpot, double target) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Of an SLO and the share that must meet it. */
  public static Objectives of(Slo slo, double target) {
    return new Objectives(slo.ttft().toNanos() / NANOS_PER_SECOND, slo.tpot().toNanos() / NANOS_PER_SECOND, target);
  }

  /** Both times, to the nanosecond. */
  public Slo slo() {
    return new Slo(duration(ttft), duration(tpot));
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
  }
}
