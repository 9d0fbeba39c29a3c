package dev.attain.client;

import dev.attain.measurement.RequestRecord;

/** A request that one instance answers as a whole. */
final class CompletionCall extends Call {
  private final Endpoint endpoint;

  CompletionCall(PlannedRequest request, RequestBody body, Lane lane, int instance, Endpoint endpoint) {
    super(request, body, lane, -1, instance);
    this.endpoint = endpoint;
  }

  @Override
  void begin() {
    send(new StreamLeg(this, endpoint, "", lane().scanner(), body()::streaming));
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
