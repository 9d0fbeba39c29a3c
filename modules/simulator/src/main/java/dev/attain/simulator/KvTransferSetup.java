package dev.attain.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The part an engine plays in moving KV between instances.
 *
 * @param connected
 *          whether a connector is configured; without one, transfer parameters of requests are ignored
 * @param engineId
 *          by which decode instances address this one
 * @param recomputesOnFailure
 *          whether a prompt whose KV cannot be fetched is computed here, instead of failing
 * @param sideHost
 *          where decode instances ask for KV, as told to them
 * @param sidePort
 *          0 for any free one
 */
record KvTransferSetup(boolean connected, String role, String engineId, boolean recomputesOnFailure, Duration lease,
    String sideHost, int sidePort) {

  private static final String FLAG = "--kv-transfer-config";
  private static final List<String> CONNECTORS = List.of("NixlConnector", "NixlPullConnector");
  private static final List<String> ROLES = List.of("kv_producer", "kv_consumer", "kv_both");
  private static final double DEFAULT_LEASE_SECONDS = 30;

  /** Reads the flag as vLLM does, with the side channel's address from vLLM's environment variables. */
  static KvTransferSetup from(FlagValues flags, Map<String, String> environment) throws SimulatorException {
    JsonNode json = json(flags.text(FLAG).orElse("{}"));
    boolean connected = json.hasNonNull("kv_connector");
    String role = json.path("kv_role").asText("");
    if (connected) {
      require("kv_connector", json.path("kv_connector").asText(), CONNECTORS);
      require("kv_role", role, ROLES);
    }
    String policy = json.path("kv_load_failure_policy").asText("fail");
    require("kv_load_failure_policy", policy, List.of("fail", "recompute"));
    double leaseSeconds = json.path("kv_connector_extra_config").path("kv_lease_duration")
        .asDouble(DEFAULT_LEASE_SECONDS);
    if (!(leaseSeconds > 0)) {
      throw new SimulatorException(FLAG + ": kv_lease_duration must be more than 0 seconds, not " + leaseSeconds);
    }
    return new KvTransferSetup(connected, role, json.path("engine_id").asText(UUID.randomUUID().toString()),
        "recompute".equals(policy), Duration.ofNanos(Math.round(leaseSeconds * 1e9)),
        environment.getOrDefault("VLLM_NIXL_SIDE_CHANNEL_HOST", "localhost"), sidePort(environment));
  }

  /** Whether decode instances read from this one. */
  boolean produces() {
    return connected && !"kv_consumer".equals(role);
  }

  private static JsonNode json(String text) throws SimulatorException {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new SimulatorException(FLAG + ": not JSON: " + e.getOriginalMessage());
    }
  }

  private static void require(String key, String value, List<String> allowed) throws SimulatorException {
    if (!allowed.contains(value)) {
      throw new SimulatorException(
          FLAG + ": " + key + " \"" + value + "\" is not one of " + String.join(", ", allowed));
    }
  }

  private static int sidePort(Map<String, String> environment) throws SimulatorException {
    String text = environment.getOrDefault("VLLM_NIXL_SIDE_CHANNEL_PORT", "5600");
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new SimulatorException("VLLM_NIXL_SIDE_CHANNEL_PORT: \"" + text + "\" is not a port from 0 to 65535");
    }
    return Integer.parseInt(text);
  }
}
