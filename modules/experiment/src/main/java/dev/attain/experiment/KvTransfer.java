package dev.attain.experiment;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How keys and values travel from prefill to decode instances of vLLM.
 *
 * @param connector one of {@link #CONNECTORS}
 * @param bufferDevice where the connector registers memory: cuda, cpu or xpu; empty: where the engine computes
 * @param lease how long a prefill instance keeps what nobody has fetched yet; empty: vLLM's own 30 s
 * @param extra further settings of the connector, name to JSON value, sorted by name
 */
public record KvTransfer(String connector, Optional<String> bufferDevice, Optional<Duration> lease,
    Map<String, String> extra) {
  /** The decode side fetches, or the prefill side sends. */
  public static final List<String> CONNECTORS = List.of("NixlConnector", "NixlPushConnector");
  /** As vLLM does it when told nothing but the connector. */
  public static final KvTransfer PLAIN = new KvTransfer(CONNECTORS.getFirst(), Optional.empty(), Optional.empty(),
      Map.of());

  public KvTransfer {
    extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
  }
}
