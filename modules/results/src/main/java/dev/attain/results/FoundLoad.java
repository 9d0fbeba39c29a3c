package dev.attain.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.attain.measurement.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The highest load at which one deployment meets the target. Loads are of the whole deployment.
 *
 * @param gpus of the deployment, 0 when nobody said
 * @param load where the fit over all probes crosses the target; present for {@link Answer#AT} alone
 * @param low lower end of its 95 % interval; empty also where it may lie below everything measured
 * @param high upper end; empty also where it may lie above everything measured
 * @param perGpu the same three for each GPU; empty where the number of GPUs is not known
 * @param holds the highest load that met the target, empty when none did
 * @param misses the lowest load that missed it, likewise
 * @param reason why it ended, a sentence; empty for a search that was completed
 * @param undecidedProbes how many counted by their share because their requests did not decide
 * @param requests of all segments
 * @param seconds that all segments took
 * @param probes in the order in which they were begun
 */
public record FoundLoad(String deployment, int gpus, Answer answer, Optional<Double> load, Optional<Double> low,
    Optional<Double> high, Optional<PerGpu> perGpu, Optional<Double> holds, Optional<Double> misses, End end,
    String reason, long undecidedProbes, long requests, double seconds, List<Probe> probes) {

  /** Copies the list. */
  public FoundLoad {
    probes = List.copyOf(probes);
  }

  /** What is known of the load. */
  public enum Answer {
    /** It was found. */
    @JsonProperty("at")
    AT,
    /** Even the lowest load that may be measured misses. */
    @JsonProperty("below-lowest")
    BELOW_LOWEST,
    /** Even the highest load that may be measured holds. */
    @JsonProperty("above-highest")
    ABOVE_HIGHEST,
    /** The search ended before a load missed. */
    @JsonProperty("at-least")
    AT_LEAST,
    /** The search ended before a load held. */
    @JsonProperty("below")
    BELOW,
    /** Nothing. */
    @JsonProperty("unknown")
    UNKNOWN
  }

  /** Why a search measures no more. */
  public enum End {
    /** It has not ended. */
    @JsonProperty("running")
    RUNNING,
    /** There is nothing more to find out. */
    @JsonProperty("completed")
    COMPLETED,
    /** The next segment would have been more than might be spent. */
    @JsonProperty("out-of-budget")
    OUT_OF_BUDGET,
    /** A segment could not be believed, nor could its repetition. */
    @JsonProperty("unbelievable")
    UNBELIEVABLE,
    /** Something outside of the search ended it. */
    @JsonProperty("stopped")
    STOPPED
  }

  /** The load for each GPU, and the ends of its interval. */
  public record PerGpu(double load, Optional<Double> low, Optional<Double> high) {}

  /**
   * A load that was measured.
   *
   * @param share of the planned requests of all believable segments that met both objectives, 0 to 1
   * @param low lower end of its interval, at the level of one look of the sequential test
   * @param high upper end
   * @param independentRequests how many independent requests say as much about the share
   */
  public record Probe(double load, Verdict verdict, double share, double low, double high, double independentRequests,
      List<Segment> segments) {
    /** Copies the list. */
    public Probe {
      segments = List.copyOf(segments);
    }
  }

  /**
   * A point of a probe.
   *
   * @param point its name in the bundle
   * @param share that met both objectives; of an overloaded segment what its last third came to, where that is less
   * @param invalid why it cannot be believed; empty when it can
   */
  public record Segment(String point, int repeat, double share, long requests, boolean overloaded, String invalid,
      double seconds) {}
}
