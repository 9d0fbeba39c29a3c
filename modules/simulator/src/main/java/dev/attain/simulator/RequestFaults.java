package dev.attain.simulator;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides which requests something happens to. The same seed and the same request id give the same answer, in whatever
 * order requests come; requests without an id are told apart by their number. Any thread.
 */
final class RequestFaults {

  private final List<Fault> faults;
  private final boolean byHeader;
  private final long seed;
  private final long startNanos;
  private final AtomicLong nameless = new AtomicLong();

  /** @param startNanos of the engine; instants of faults count from it */
  RequestFaults(FaultSetup setup, long startNanos) {
    this.faults = setup.ofRequests();
    this.byHeader = setup.byHeader();
    this.seed = setup.seed();
    this.startNanos = startNanos;
  }

  /**
   * What is to happen to a request: what it asks for itself, or else the first that its lot falls on.
   *
   * @throws ApiException
   *           when it asks for something that does not exist
   */
  Optional<Fault> of(Optional<String> requestId, Optional<String> header, long receivedNanos) throws ApiException {
    if (byHeader && header.isPresent()) {
      return Optional.of(ofHeader(header.get()));
    }
    if (faults.isEmpty()) {
      return Optional.empty();
    }
    long lot = requestId.map(id -> (long) id.hashCode()).orElseGet(nameless::incrementAndGet);
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + lot);
    for (Fault fault : faults) {
      boolean drawn = random.nextDouble() < fault.rate();
      if (drawn && fault.covers(receivedNanos - startNanos)) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** Refuses a request that is to be refused. */
  static void refuse(RequestTruth truth) throws ApiException {
    if (truth.fault(FaultKind.HTTP_500).isPresent()) {
      truth.struck(FaultKind.HTTP_500);
      throw ApiException.internal();
    }
    Optional<Fault> tooMany = truth.fault(FaultKind.HTTP_429);
    if (tooMany.isPresent()) {
      truth.struck(FaultKind.HTTP_429);
      throw ApiException.tooMany(tooMany.get().retryAfterSeconds());
    }
  }

  /** The work for a request whose answer is to be too short; one token is left at least. */
  static SequenceOrder shortened(SequenceOrder order, RequestTruth truth) {
    Optional<Fault> missing = truth.fault(FaultKind.MISSING_TOKEN);
    if (missing.isEmpty() || order.outputTokens() == 1) {
      return order;
    }
    truth.struck(FaultKind.MISSING_TOKEN);
    return order.withOutputTokens(Math.max(1, order.outputTokens() - missing.get().by()));
  }

  private static Fault ofHeader(String text) throws ApiException {
    try {
      return FaultSetup.ofHeader(text);
    } catch (SimulatorException e) {
      throw ApiException.badRequest(FaultSetup.HEADER, e.getMessage());
    }
  }
}
