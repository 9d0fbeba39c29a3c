package dev.attain.client;

import dev.attain.workload.Workload;

/** What a node has to send: the arrivals of its share and how to make the body of each. Immutable. */
record Share(PlannedArrivals arrivals, Workload workload, String nonce, ClientSettings settings) {
  int size() {
    return arrivals.size();
  }

  /** The request at a position of the share. */
  PlannedRequest request(int position) {
    int index = arrivals.indices()[position];
    return new PlannedRequest(position, index, workload.shape(index), arrivals.intendedNanos()[position]);
  }

  RequestBody body(PlannedRequest request) {
    return RequestBody.of(settings, requestId(request.index()), workload.prompt(request.index(), nonce),
        request.shape().outputTokens());
  }

  /** Unique while nonces are; engines show it in their logs and in the ids of their answers. */
  private String requestId(int index) {
    return nonce.replaceAll("[^A-Za-z0-9._-]", "-") + "-" + index;
  }
}
