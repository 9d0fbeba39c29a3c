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
    long intended = arrivals.intendedNanos()[position];
    return new PlannedRequest(position, index, workload.shape(index), intended, intended, arrivals.measured(position));
  }

  RequestBody body(PlannedRequest request) {
    return RequestBody.of(request, workload, nonce, settings);
  }
}
