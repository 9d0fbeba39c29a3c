package dev.attain.measurement;

import java.util.List;

/**
 * The latencies that are kept as distributions. All but {@link #ITL}, {@link #ITL_PER_TOKEN}, {@link #SEND_LAG} and
 * {@link #IN_FLIGHT_WAIT} hold completed requests only, and the {@link #STAGES} of those only requests in two legs.
 */
public enum LatencyMetric {
  /** Time to first token, from the intended instant. */
  TTFT(0, "ttft"),
  /** Time to first token, from the instant the request was sent. */
  SERVICE_TTFT(1, "serviceTtft"),
  /** Time per output token after the first. */
  TPOT(2, "tpot"),
  /** Gap between two token events of one request, whatever each carries; of every request, whatever its outcome. */
  ITL(3, "itl"),
  /** From the intended instant to the last token. */
  E2E(4, "e2e"),
  /** End to end time for each output token. */
  NORMALIZED_LATENCY(5, "normalizedLatency"),
  /** Sent - released, the lateness of the generator; of every request that was sent, whatever its outcome. */
  SEND_LAG(6, "sendLag"),
  /** First stage of the service TTFT of a request in two legs: sent - prefill leg answered. */
  PREFILL_LEG(7, "prefillLeg"),
  /** Second stage, the client's own: prefill leg answered - decode leg sent. */
  HAND_OVER(8, "handOver"),
  /** Third stage: decode leg sent - first token. The three add up to the service TTFT of each request. */
  DECODE_FIRST(9, "decodeFirst"),
  /**
   * Released - intended, of the requests that waited in the client because as many as may be were in flight, and were
   * then sent, whatever their outcome.
   */
  IN_FLIGHT_WAIT(10, "inFlightWait"),
  /**
   * Gap between tokens: the gap before a token event divided by the number of tokens in it, gap / k, taken k times; of
   * every request, whatever its outcome. What engines that send several tokens at once (speculative decoding, several
   * steps for each event) are compared by. The same distribution as {@link #ITL} where each event carries one token.
   */
  ITL_PER_TOKEN(11, "itlPerToken");

  /** The stages of the service TTFT of a request in two legs, in their order in time. */
  public static final List<LatencyMetric> STAGES = List.of(PREFILL_LEG, HAND_OVER, DECODE_FIRST);

  private final int series;
  private final String jsonName;

  LatencyMetric(int series, String jsonName) {
    this.series = series;
    this.jsonName = jsonName;
  }

  /** Its name in files and on the wire. */
  public String jsonName() {
    return jsonName;
  }

  /** Its place in the arrays of this package. */
  int series() {
    return series;
  }
}
