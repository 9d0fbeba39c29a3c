package dev.attain.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How requests are sent.
 *
 * @param dialect the OpenAI endpoint
 * @param model the served model's name, sent with each request
 * @param connectTimeout longest wait for a TCP connection
 * @param firstByteTimeout longest wait, from the writing of a call, for the first byte of its answer; for each of the
 *        two calls of a disaggregated request anew
 * @param totalTimeout longest life of a request, from its sending to the end of its answer
 * @param eventLoops number of event loop threads, at least 1; one for each core that the client may use
 * @param bearerToken sent as {@code Authorization: Bearer}; never part of a text representation
 * @param hardStopInFlight a request that is due while this many are open is not sent at all (and counted as unsent)
 * @param bodyFields what requests say beyond the least
 * @param connectionsAhead how many idle connections stand ready
 */
public record ClientSettings(Dialect dialect, String model, Duration connectTimeout, Duration firstByteTimeout,
    Duration totalTimeout, int eventLoops, Optional<String> bearerToken, int hardStopInFlight,
    Set<BodyField> bodyFields, ConnectionsAhead connectionsAhead) {
  /** Refuses impossible values with {@link IllegalArgumentException}. */
  public ClientSettings {
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("firstByteTimeout", firstByteTimeout);
    requirePositive("totalTimeout", totalTimeout);
    requirePositive("eventLoops", eventLoops);
    requirePositive("hardStopInFlight", hardStopInFlight);
    bodyFields = Set.copyOf(bodyFields);
    if (bearerToken.isPresent() && bearerToken.get().chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException("bearerToken must be printable ASCII without spaces or line ends");
    }
  }

  /** Every connection is opened for the request that needs it. */
  public ClientSettings(Dialect dialect, String model, Duration connectTimeout, Duration firstByteTimeout,
      Duration totalTimeout, int eventLoops, Optional<String> bearerToken, int hardStopInFlight,
      Set<BodyField> bodyFields) {
    this(dialect, model, connectTimeout, firstByteTimeout, totalTimeout, eventLoops, bearerToken, hardStopInFlight,
        bodyFields, ConnectionsAhead.NONE);
  }

  /** Whether answers are exactly as long as asked for. */
  boolean forcesLength() {
    return bodyFields.contains(BodyField.IGNORE_EOS) || bodyFields.contains(BodyField.MIN_TOKENS);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be longer than zero, not " + value);
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }

  /** Without the token: a log line must not give a secret away. */
  @Override
  public String toString() {
    return "ClientSettings[dialect=" + dialect + ", model=" + model + ", connectTimeout=" + connectTimeout
        + ", firstByteTimeout=" + firstByteTimeout + ", totalTimeout=" + totalTimeout + ", eventLoops=" + eventLoops
        + ", bearerToken=" + (bearerToken.isPresent() ? "given" : "none") + ", hardStopInFlight=" + hardStopInFlight
        + ", bodyFields=" + bodyFields + ", connectionsAhead=" + connectionsAhead.connections() + "]";
  }
}
