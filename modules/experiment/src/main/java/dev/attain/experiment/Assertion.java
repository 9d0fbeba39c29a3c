package dev.attain.experiment;

import java.util.Optional;

/**
 * What a run, or the answer of a search, has to show, so that it can be a gate: {@code disaggregated.max-rate-per-gpu >= 5}, {@code
 * colocated.ttft-p99 at 8 <= 400 ms}.
 *
 * @param statement as written in the configuration
 * @param deployment it speaks of
 * @param level the load it speaks of, requests per second or users; empty for {@link Quantity#ofTheCurve}, the only quantities
 *     that a search can be asked for
 * @param bound requests per second or users, a share (0..1), or seconds
 */
public record Assertion(String statement, String deployment, Quantity quantity, Optional<Double> level,
    Relation relation, double bound) {

  /** What is asserted. */
  public enum Quantity {
    /** Highest load at which the target is met. */
    MAX_RATE,
    /** The same, divided by the GPUs of the deployment. */
    MAX_RATE_PER_GPU,
    /** Share of the planned requests that meet both objectives. */
    ATTAINMENT,
    /** Requests per second that meet both. */
    GOODPUT, TTFT_P50, TTFT_P90, TTFT_P99, TPOT_P50, TPOT_P90, TPOT_P99;

    /** Whether it follows from all loads together, and not from one of them. */
    public boolean ofTheCurve() {
      return this == MAX_RATE || this == MAX_RATE_PER_GPU;
    }

    boolean latency() {
      return compareTo(TTFT_P50) >= 0;
    }

    /** {@code p50}, {@code p90} or {@code p99} of a latency. */
    public String percentile() {
      return word().substring(word().indexOf('-') + 1);
    }

    String word() {
      return Setting.choiceName(this);
    }
  }

  /** On which side of the bound, which belongs to it, the quantity must be. */
  public enum Relation {
    AT_LEAST, AT_MOST
  }
}
