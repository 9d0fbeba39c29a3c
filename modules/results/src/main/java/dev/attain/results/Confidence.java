package dev.attain.results;

import dev.attain.measurement.SampleSize;
import dev.attain.statistics.EffectiveSize;
import dev.attain.statistics.Overload;
import dev.attain.statistics.PercentileInterval;
import dev.attain.statistics.SteadyState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How much the requests of a point prove, from their raw records in the order in which they were intended.
 *
 * @param independentRequests how many requests that have nothing to do with each other would say as much about the
 *        attainment; its interval is Wilson's on these
 * @param ttft 95 % intervals of percentiles by their names {@code p50}, {@code p90} and {@code p99}, in seconds, of
 *        completed requests
 * @param tpot likewise
 * @param steadyState empty where the load itself changes during the point
 * @param overload empty likewise, and for a closed loop, which cannot be overloaded
 * @param warnings what a reader must know, a sentence each; empty when nothing
 */
public record Confidence(double independentRequests, Map<String, Bounds> ttft,
    Map<String, Bounds> tpot, Optional<SteadyFigures> steadyState, Optional<Overload> overload,
    List<String> warnings) {
  /**
   * A queue needs time to build. Fewer requests for each instance than this overstate the highest rate that meets the
   * target: a model of one instance gave 67 % too much with 100 requests, 33 % with 300, 8 % with 1,000.
   */
  public static final int REQUESTS_PER_INSTANCE = 1000;

  private static final List<Integer> PERCENTILES = List.of(50, 90, 99);

  /** Copies the collections. */
  public Confidence {
    ttft = Collections.unmodifiableMap(new LinkedHashMap<>(ttft));
    tpot = Collections.unmodifiableMap(new LinkedHashMap<>(tpot));
    warnings = List.copyOf(warnings);
  }

  static Confidence of(OutcomeColumns.Ordered requests, Circumstances circumstances) {
    SampleSize size = EffectiveSize.ofOutcomes(requests.severity());
    Optional<SteadyFigures> steady = circumstances.steadyLoad()
        ? Optional.of(SteadyFigures.of(SteadyState.of(requests.ttft())))
        : Optional.empty();
    Optional<Overload> overload = circumstances.steadyLoad() && circumstances.loop() == LoopKind.OPEN
        ? Optional.of(Overload.of(requests.from(), requests.until(), requests.severity()))
        : Optional.empty();
    var warnings = new ArrayList<String>();
    overload.filter(Overload::overloaded).map(Confidence::inWords).ifPresent(warnings::add);
    if (warnings.isEmpty()) {
      steady.flatMap(SteadyFigures::warning).ifPresent(warnings::add);
    }
    if (circumstances.loop() == LoopKind.OPEN) {
      tooShort(requests.from().length / circumstances.instances()).ifPresent(warnings::add);
    }
    return new Confidence(size.independent(), intervals(requests.ttft()),
        intervals(requests.tpot()), steady, overload, warnings);
  }

  /** Whether requests came faster than the deployment could answer them. */
  public boolean overloaded() {
    return overload.filter(Overload::overloaded).isPresent();
  }

  /** Why a longer point at the same load would show less; empty when it would not. */
  public List<String> doubts() {
    return overload.filter(Overload::overloaded).map(Confidence::inWords).stream().toList();
  }

  /** How certain a share of so many requests is. */
  public SampleSize size(long requests) {
    return new SampleSize(requests, independentRequests);
  }

  private static String inWords(Overload overload) {
    return String.format(Locale.ROOT,
        "overloaded: from the first third to the last, requests in flight grew from %.1f to %.1f and the share that met"
            + " the objectives went from %.1f to %.1f %%; a longer point would show less",
        overload.inFlightFirst(), overload.inFlightLast(), overload.metFirst() * 100, overload.metLast() * 100);
  }

  private static Optional<String> tooShort(int requestsPerInstance) {
    return requestsPerInstance >= REQUESTS_PER_INSTANCE
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT,
            "%d requests for each instance are fewer than %,d: queues had little time to build, and a longer point may "
                + "show less",
            requestsPerInstance, REQUESTS_PER_INSTANCE));
  }

  private static Map<String, Bounds> intervals(double[] inOrder) {
    double[] completed = Arrays.stream(inOrder).filter(value -> !Double.isNaN(value)).toArray();
    double[] sorted = completed.clone();
    Arrays.sort(sorted);
    SampleSize size = EffectiveSize.of(completed);
    var intervals = new LinkedHashMap<String, Bounds>();
    for (int percentile : PERCENTILES) {
      intervals.put("p" + percentile, Bounds.of(PercentileInterval.of(sorted, percentile, size)));
    }
    return intervals;
  }
}
