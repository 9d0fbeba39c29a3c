package dev.attain.client;

import java.util.Optional;

/**
 * A request that is ready to be sent.
 *
 * @param planned what it is
 * @param body its encoded body; empty when it could not be prepared
 * @param problem why it could not be prepared; empty when it could
 */
record PreparedRequest(PlannedRequest planned, Optional<RequestBody> body, String problem) {
  int size() {
    return body.map(RequestBody::size).orElse(0);
  }
}
