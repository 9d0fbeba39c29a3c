package dev.attain.search;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a search may spend.
 *
 * @param requests planned for all segments together; empty for no limit
 * @param seconds that all segments may take together, likewise
 */
public record Budget(OptionalLong requests, OptionalDouble seconds) {
  /** Without a limit. */
  public static Budget unlimited() {
    return new Budget(OptionalLong.empty(), OptionalDouble.empty());
  }

  /** Whether a segment at this load still fits. How long users need for theirs is known only afterwards. */
  boolean allows(List<Segment> spent, Question question, double load) {
    long asked = spent.stream().mapToLong(Segment::requests).sum() + question.requests();
    double expected = question.scale() == Scale.RATES ? question.requests() / load : Double.MIN_VALUE;
    double taken = spent.stream().mapToDouble(Segment::seconds).sum() + expected;
    return asked <= requests.orElse(Long.MAX_VALUE) && taken <= seconds.orElse(Double.POSITIVE_INFINITY);
  }
}
