package dev.attain.schedule;

import java.util.Arrays;

/**
 * How gaps between arrivals are distributed, apart from the rate: every process is described at a mean of one arrival
 * per unit of time.
 */
public sealed interface ArrivalProcess {

  /**
   * Independent requests of many users: exponential gaps (coefficient of variation 1). The first arrival comes after
   * the first gap.
   */
  record Poisson() implements ArrivalProcess {}

  /**
   * Gamma distributed gaps of shape {@code burstiness} and mean one, so that their coefficient of variation is {@code
   * 1 / sqrt(burstiness)}: below 1 bursts, 1 Poisson, above 1 ever more even. The same parametrisation as the {@code
   * --burstiness} of vLLM's benchmark. The first arrival comes after the first gap.
   *
   * @param burstiness shape of the gamma distribution, 0.001 to 1,000,000
   */
  record Gamma(double burstiness) implements ArrivalProcess {
    private static final double LOWEST = 0.001;
    private static final double HIGHEST = 1_000_000;

    public Gamma {
      if (!(burstiness >= LOWEST && burstiness <= HIGHEST)) {
        throw new IllegalArgumentException("burstiness must be from 0.001 to 1000000, but is " + burstiness
            + "; 1 is Poisson, smaller means burstier");
      }
    }
  }

  /**
   * One arrival every {@code 1 / rate}, the first at time zero: {@code rate * duration} arrivals in any whole number
   * of gaps.
   */
  record Constant() implements ArrivalProcess {}

  /**
   * Recorded arrivals. Their distances are kept, their mean rate is not: a schedule stretches or compresses the whole
   * recording to the rate asked for. The first recorded arrival is time zero. A recording that is shorter than what is
   * asked for ends the schedule; it is never repeated.
   *
   * @param offsetsSeconds recorded times in seconds from any origin, ascending (ties allowed), at least two of them
   *     different; copied on the way in and out
   */
  record Trace(double[] offsetsSeconds) implements ArrivalProcess {
    public Trace {
      offsetsSeconds = offsetsSeconds.clone();
      requireRecording(offsetsSeconds);
    }

    @Override
    public double[] offsetsSeconds() {
      return offsetsSeconds.clone();
    }

    /** Number of recorded arrivals. */
    public int size() {
      return offsetsSeconds.length;
    }

    /**
     * Mean rate of the recording in requests per second: gaps per second between its first and its last arrival. A
     * schedule at this rate replays it as it was.
     */
    public double requestsPerSecond() {
      return (offsetsSeconds.length - 1) / (offsetsSeconds[offsetsSeconds.length - 1] - offsetsSeconds[0]);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Trace trace && Arrays.equals(offsetsSeconds, trace.offsetsSeconds);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(offsetsSeconds);
    }

    @Override
    public String toString() {
      return "Trace[" + offsetsSeconds.length + " arrivals]";
    }

    private static void requireRecording(double[] seconds) {
      for (int index = 0; index < seconds.length; index++) {
        if (!Double.isFinite(seconds[index])) {
          throw new IllegalArgumentException(
              "arrival " + index + " of a trace must be a finite number of seconds, but is " + seconds[index]);
        }
        if (index > 0 && seconds[index] < seconds[index - 1]) {
          throw new IllegalArgumentException(
              "arrivals of a trace must ascend, but arrival " + index + " at " + seconds[index] + " s follows one at "
                  + seconds[index - 1] + " s");
        }
      }
      if (seconds.length < 2 || seconds[0] == seconds[seconds.length - 1]) {
        throw new IllegalArgumentException(
            "a trace needs arrivals at two different times at least, otherwise it has no rate");
      }
    }
  }
}
