package dev.attain.client;

import dev.attain.measurement.RequestRecord;

/** A request in one call: an instance answers it as a whole, or a router or sidecar hands over behind it. */
final class CompletionCall extends Call {
  /**
   * Where the call goes.
   *
   * @param prefillInstance the one that the header names; -1 when it names none
   * @param instance that is called
   * @param header one more header line without its end; empty for none
   */
  record Way(int prefillInstance, int instance, Endpoint endpoint, String header) {}

  private final Way way;

  CompletionCall(PlannedRequest request, RequestBody body, Lane lane, Way way) {
    super(request, body, lane, way.prefillInstance(), way.instance());
    this.way = way;
  }

  @Override
  void begin() {
    send(new StreamLeg(this, way.endpoint(), "", lane().scanner(),
        (allocator, endpoint) -> body().streaming(allocator, endpoint, way.header())));
  }

  @Override
  long prefillDoneNanos() {
    return RequestRecord.NEVER;
  }

  @Override
  long decodeSentNanos() {
    return RequestRecord.NEVER;
  }
}
