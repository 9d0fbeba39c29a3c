package dev.attain.client;

import dev.attain.workload.Workload;

/** What a node has to send in a closed loop: its users and how to make each of their requests. Immutable. */
record UserShare(PlannedUsers plan, Workload workload, String nonce, ClientSettings settings) {
  /** Request {@code index}, whose user is ready at this instant. */
  PlannedRequest request(int index, long readyNanos) {
    return new PlannedRequest(index, index, workload.shape(index), readyNanos);
  }

  int promptTokens(int index) {
    return workload.shape(index).promptTokens();
  }

  RequestBody body(PlannedRequest request) {
    return RequestBody.of(request, workload, nonce, settings);
  }
}
