package dev.attain.search;

import dev.attain.measurement.Interval;
import dev.attain.measurement.Verdict;
import dev.attain.statistics.SequentialTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A load and what its segments show together.
 *
 * @param segments in the order they were measured, those that cannot be believed among them
 * @param share of the believable ones' requests that met the objectives; 0 without any
 * @param independent requests behind it
 * @param interval of the share, at the level of one look of the sequential test
 * @param verdict INVALID without a believable segment
 */
public record Probe(double load, List<Segment> segments, double share, double independent, Interval interval,
    Verdict verdict) {

  /** Copies the segments. */
  public Probe {
    segments = List.copyOf(segments);
  }

  /** Those of a history, in the order in which their loads were first measured. */
  static List<Probe> of(List<Segment> history, SequentialTest test) {
    var byLoad = new LinkedHashMap<Double, List<Segment>>();
    history.forEach(segment -> byLoad.computeIfAbsent(segment.load(), load -> new ArrayList<>()).add(segment));
    return byLoad.entrySet().stream().map(probe -> of(probe.getKey(), probe.getValue(), test)).toList();
  }

  private static Probe of(double load, List<Segment> segments, SequentialTest test) {
    List<Segment> believed = segments.stream().filter(segment -> segment.invalid().isEmpty()).toList();
    if (believed.isEmpty()) {
      return new Probe(load, segments, 0, 0, new Interval(0, 1), Verdict.INVALID);
    }
    double planned = believed.stream().mapToLong(Segment::requests).sum();
    double share = planned == 0
        ? 0
        : believed.stream().mapToDouble(segment -> segment.share() * segment.requests()).sum() / planned;
    double independent = believed.stream().mapToDouble(Segment::independent).sum();
    boolean overloaded = believed.stream().anyMatch(Segment::overloaded);
    return new Probe(load, segments, share, independent, test.interval(share, independent),
        verdict(test, share, independent, overloaded));
  }

  /** A longer probe would show less than an overloaded one: that cannot pass, and below the target it need not be longer. */
  private static Verdict verdict(SequentialTest test, double share, double independent, boolean overloaded) {
    Verdict decided = test.decide(share, independent);
    if (!overloaded) {
      return decided;
    }
    return share < test.target() ? Verdict.FAIL : Verdict.UNDECIDED;
  }

  /** How many segments count. */
  public int believed() {
    return segments.size() - unbelieved().size();
  }

  /** Why segments cannot be believed, a sentence each. */
  List<String> unbelieved() {
    return segments.stream().flatMap(segment -> segment.invalid().stream()).toList();
  }

  /** Whether a further segment may decide. */
  boolean goesOn(int mostSegments) {
    return switch (verdict) {
      case PASS, FAIL -> false;
      case UNDECIDED -> believed() < mostSegments;
      case INVALID -> true;
    };
  }
}
