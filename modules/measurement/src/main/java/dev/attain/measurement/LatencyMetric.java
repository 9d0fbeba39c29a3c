package dev.attain.measurement;

/** The latencies that are kept as distributions. All but two hold completed requests only. */
public enum LatencyMetric {
  /** Time to first token, from the intended instant. */
  TTFT(0, "ttft"),
  /** Time to first token, from the instant the request was sent. */
  SERVICE_TTFT(1, "serviceTtft"),
  /** Time per output token after the first. */
  TPOT(2, "tpot"),
  /** Gap between two token events of one request; of every request, whatever its outcome. */
  ITL(3, "itl"),
  /** From the intended instant to the last token. */
  E2E(4, "e2e"),
  /** End to end time for each output token. */
  NORMALIZED_LATENCY(5, "normalizedLatency"),
  /** Sent - intended, the lateness of the generator; of every request that was sent, whatever its outcome. */
  SEND_LAG(6, "sendLag");

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
