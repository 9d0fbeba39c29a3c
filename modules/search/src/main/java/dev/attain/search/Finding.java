package dev.attain.search;

import dev.attain.measurement.Verdict;
import java.util.List;

/**
 * What a search knows when it ends.
 *
 * @param probes in the order in which they were begun
 */
public record Finding(Answer answer, End end, Bracket bracket, List<Probe> probes) {
  /** Copies the probes. */
  public Finding {
    probes = List.copyOf(probes);
  }

  /** How many probes counted by their share alone, because their requests did not decide. */
  public long undecided() {
    return probes.stream().filter(probe -> probe.verdict() == Verdict.UNDECIDED).count();
  }

  /** Requests planned for all of its segments. */
  public long requests() {
    return probes.stream().flatMap(probe -> probe.segments().stream()).mapToLong(Segment::requests).sum();
  }

  /** Seconds that all of its segments took. */
  public double seconds() {
    return probes.stream().flatMap(probe -> probe.segments().stream()).mapToDouble(Segment::seconds).sum();
  }
}
