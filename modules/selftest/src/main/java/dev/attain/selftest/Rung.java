package dev.attain.selftest;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What came out at one load against the server with known delays. All times in microseconds.
 *
 * @param requestsPerSecond asked for, in open loop
 * @param tokensPerRequest length of each answer
 * @param planned requests that were due
 * @param completed of these, the ones whose answer came whole
 * @param problem the first reason why one did not complete; empty when all did
 * @param completedPerSecond completed requests over the time from the first due one to the last end
 * @param ttft reported time to first token, counted from the intended instant, against the true one
 * @param itl reported gaps between tokens against the true one; zero where answers have one token
 * @param sendLagP99Micros lateness of the client in sending
 * @param cpuMicrosPerEvent of the client's event loops and pacer
 * @param busiestLoop share of a core, 0..1
 * @param gcPauseMaxMicros longest stop of the client's JVM
 * @param server what the server says of its own lateness
 */
public record Rung(double requestsPerSecond, int tokensPerRequest, long planned, long completed, String problem,
    double completedPerSecond, Deviation ttft, Deviation itl, double sendLagP99Micros, double cpuMicrosPerEvent,
    double busiestLoop, double gcPauseMaxMicros, ServerReport server) {

  /** Why a load cannot be trusted; the last four make a point of an experiment INVALID, with their default limits. */
  public enum Limit {
    /** TTFT or gaps between tokens are wrong by more than 1 ms at the 99th percentile. */
    ERROR_ABOVE_1_MS("error > 1 ms"),
    /** TTFT or gaps between tokens are wrong by more than 5 % of the truth at the 99th percentile. */
    ERROR_ABOVE_5_PERCENT("error > 5 %"),
    /** The client sends more than 1 ms late at the 99th percentile. */
    SENT_LATE("sent late"),
    /** An event loop uses more than 70 % of a core. */
    LOOP_BUSY("loop busy"),
    /** The JVM stopped for longer than 50 ms. */
    GC_PAUSE("GC pause"),
    /** Not every request completed. */
    INCOMPLETE("incomplete");

    private final String words;

    Limit(String words) {
      this.words = words;
    }

    /** In two or three words. */
    String words() {
      return words;
    }
  }

  static final double MOST_ERROR_MICROS = 1000;
  static final double MOST_ERROR_SHARE = 0.05;
  private static final double MOST_SEND_LAG_MICROS = 1000;
  private static final double MOST_BUSY = 0.70;
  private static final double LONGEST_PAUSE_MICROS = 50_000;
  private static final double OVERLOADED_LAG_MICROS = 10_000;
  private static final double COLLAPSED_LOOP = 0.97;
  private static final double COLLAPSED_LAG_MICROS = 50_000;
  private static final double MICROS_PER_SECOND = 1e6;

  /** Token events per second that this load asks the client to receive. */
  public double eventsPerSecond() {
    return requestsPerSecond * tokensPerRequest;
  }

  /** Streams that are open at the same time on average: Little's law with the true duration. */
  double openStreams(Truth truth) {
    return requestsPerSecond
        * (truth.ttft().plus(truth.itl().multipliedBy(tokensPerRequest - 1L)).toNanos() / 1e9);
  }

  /** Everything this load went past. */
  public Set<Limit> passed(Truth truth) {
    EnumSet<Limit> passed = EnumSet.noneOf(Limit.class);
    add(passed, Limit.ERROR_ABOVE_1_MS, Math.max(ttft.p99Micros(), itl.p99Micros()) > MOST_ERROR_MICROS);
    add(passed, Limit.ERROR_ABOVE_5_PERCENT,
        beyondShare(ttft, truth.ttft()) || beyondShare(itl, truth.itl()));
    add(passed, Limit.SENT_LATE, sendLagP99Micros > MOST_SEND_LAG_MICROS);
    add(passed, Limit.LOOP_BUSY, busiestLoop > MOST_BUSY);
    add(passed, Limit.GC_PAUSE, gcPauseMaxMicros > LONGEST_PAUSE_MICROS);
    add(passed, Limit.INCOMPLETE, completed < planned);
    return passed;
  }

  private static void add(Set<Limit> passed, Limit limit, boolean beyond) {
    if (beyond) {
      passed.add(limit);
    }
  }

  private static boolean beyondShare(Deviation deviation, Duration truth) {
    return !truth.isZero()
        && deviation.p99Micros() > MOST_ERROR_SHARE * truth.toNanos() / 1e9 * MICROS_PER_SECOND;
  }

  /**
   * Whether the reported latencies are near enough to the truth at the 99th percentile, each within 1 ms or 5 %, the larger
   * of the two, and no limit of an experiment's validity is passed.
   */
  public boolean trusted(Truth truth) {
    Set<Limit> passed = passed(truth);
    passed.remove(Limit.ERROR_ABOVE_1_MS);
    passed.remove(Limit.ERROR_ABOVE_5_PERCENT);
    return passed.isEmpty() && near(ttft, truth.ttft()) && near(itl, truth.itl());
  }

  private static boolean near(Deviation deviation, Duration truth) {
    return deviation.p99Micros() <= MOST_ERROR_MICROS || (!truth.isZero() && !beyondShare(deviation, truth));
  }

  /** Whether the server was so late itself that it accounts for half of the error that is allowed, or more. */
  public boolean serverLate() {
    return server.latenessP99Micros() > MOST_ERROR_MICROS / 2;
  }

  /** Whether the client itself was too busy, and not only disturbed. */
  boolean overloaded() {
    return busiestLoop > MOST_BUSY || sendLagP99Micros > OVERLOADED_LAG_MICROS || completed < planned;
  }

  /** Whether the client or the server is past everything: a higher load would only take longer. */
  boolean collapsed() {
    return completed < planned || busiestLoop > COLLAPSED_LOOP || sendLagP99Micros > COLLAPSED_LAG_MICROS
        || server.latenessP99Micros() > COLLAPSED_LAG_MICROS;
  }

  /** How bad it was, for comparing two goes at the same load. */
  double worstMicros() {
    return planned - completed + Math.max(sendLagP99Micros, Math.max(ttft.p99Micros(), itl.p99Micros()));
  }
}
