package dev.attain.experiment;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How requests are sent and how long they may take.
 *
 * @param drain how long a point waits, after its last intended arrival, for requests still open; they then count as
 *     timed out
 * @param eventLoops threads of each load node that read and write sockets
 * @param maxInFlight a request that is due while a load node has this many open is not sent, which makes the point INVALID
 * @param apiKeyVariable name of the environment variable that holds the bearer token; the token itself is never in a
 *     record
 * @param tokenCounts from what the number of tokens in an event is known
 * @param connectionsAhead idle connections that each load node keeps ready to each instance; empty: as many as the
 *     schedule lets expect
 * @param bodyFields what servers of external deployments take, none where there are none: engines that attain starts get
 *     what their kind takes
 */
public record RequestPolicy(Dialect dialect, Duration connectTimeout, Duration firstByteTimeout, Duration totalTimeout,
    Duration drain, int eventLoops, int maxInFlight, Optional<String> apiKeyVariable, TokenCounts tokenCounts,
    OptionalInt connectionsAhead, Set<BodyField> bodyFields) {
  public RequestPolicy {
    bodyFields = Set.copyOf(bodyFields);
  }

  /** The bearer token out of an environment, such as {@link System#getenv()}; kept nowhere. */
  public Optional<String> apiKey(Map<String, String> environment) {
    return apiKeyVariable.map(environment::get);
  }
}
