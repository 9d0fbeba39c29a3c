package dev.attain.client;

import dev.attain.measurement.RequestRecord;

/**
 * A request that a prefill instance begins and a decode instance finishes. What the prefill instance says about where
 * the KV cache lies goes to the decode instance byte for byte; without it the request fails, because the decode instance
 * would silently do the prefill itself and the measurement would be of something else.
 */
final class TwoLegCall extends Call {
  /** Where the two legs go. */
  record Pair(int prefillInstance, Endpoint prefill, int decodeInstance, Endpoint decode) {}

  private final Pair pair;
  private long prefillDoneNanos = RequestRecord.NEVER;
  private long decodeSentNanos = RequestRecord.NEVER;

  TwoLegCall(PlannedRequest request, RequestBody body, Lane lane, Pair pair) {
    super(request, body, lane, pair.prefillInstance(), pair.decodeInstance());
    this.pair = pair;
  }

  @Override
  void begin() {
    send(new PrefillLeg(this, pair.prefill()));
  }

  /** The prefill leg has been answered. */
  void prefilled(byte[] kvTransferParams, long nanos) {
    prefillDoneNanos = nanos;
    send(new StreamLeg(this, pair.decode(), "decode: ", lane().scanner(),
        (allocator, endpoint) -> body().decode(allocator, endpoint, kvTransferParams)));
  }

  @Override
  void started(Leg which, long nanos) {
    super.started(which, nanos);
    if (which instanceof StreamLeg) {
      decodeSentNanos = nanos;
    }
  }

  @Override
  long prefillDoneNanos() {
    return prefillDoneNanos;
  }

  @Override
  long decodeSentNanos() {
    return decodeSentNanos;
  }
}
