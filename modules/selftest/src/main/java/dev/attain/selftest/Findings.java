package dev.attain.selftest;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a self-test has found.
 *
 * @param machine where
 * @param eventLoops of the client
 * @param requests short requests of one token, ascending in load
 * @param streams of 50 tokens, TTFT 50 ms and ITL 10 ms, ascending in load
 * @param open streams at once
 */
public record Findings(Machine machine, int eventLoops, List<Rung> requests, List<Rung> streams, OpenStreams open) {
  /** What experiments call INVALID. */
  private static final Set<Rung.Limit> INVALID = EnumSet.of(Rung.Limit.SENT_LATE, Rung.Limit.LOOP_BUSY,
      Rung.Limit.GC_PAUSE, Rung.Limit.INCOMPLETE);

  public Findings {
    requests = List.copyOf(requests);
    streams = List.copyOf(streams);
  }

  /** Up to here one load node is true and valid, in token events per second; empty when no load was. */
  public OptionalDouble trustedEventsPerSecond() {
    return events(Ladder.highest(streams, rung -> rung.trusted(SelfTestPlan.STREAMS)));
  }

  /** The same for short requests, in requests per second. */
  public OptionalDouble trustedRequestsPerSecond() {
    return Ladder.highest(requests, rung -> rung.trusted(SelfTestPlan.AT_ONCE));
  }

  /** Up to here this limit is kept by streams, in token events per second. */
  public OptionalDouble eventsPerSecondWithin(Rung.Limit limit) {
    return events(Ladder.highest(streams, rung -> !rung.passed(SelfTestPlan.STREAMS).contains(limit)));
  }

  /** The most short requests that were completed in a second at any load, trusted or not. */
  public double mostRequestsPerSecond() {
    return requests.stream().filter(rung -> rung.completed() == rung.planned())
        .mapToDouble(Rung::completedPerSecond).max().orElse(0);
  }

  /** The lowest load of streams from which on none can be trusted; empty when the highest one that was tried can. */
  Optional<Rung> firstBadStreams() {
    return Ladder.firstBeyond(streams, rung -> rung.trusted(SelfTestPlan.STREAMS));
  }

  Optional<Rung> firstBadRequests() {
    return Ladder.firstBeyond(requests, rung -> rung.trusted(SelfTestPlan.AT_ONCE));
  }

  /** Whether an experiment at this load would say so itself. */
  static boolean invalid(Rung rung, Truth truth) {
    return rung.passed(truth).stream().anyMatch(INVALID::contains);
  }

  private static OptionalDouble events(OptionalDouble requestsPerSecond) {
    return requestsPerSecond.isPresent()
        ? OptionalDouble.of(requestsPerSecond.getAsDouble() * SelfTestPlan.TOKENS_OF_A_STREAM)
        : requestsPerSecond;
  }
}
