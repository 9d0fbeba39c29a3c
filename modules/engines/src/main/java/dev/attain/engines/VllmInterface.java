package dev.attain.engines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attain.experiment.KvTransfer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every engine with vLLM's command line has in common: addresses, sizes, and the roles of the NIXL connector. */
final class VllmInterface {
  static final String VERSION_PATH = "/version";
  private static final JsonMapper JSON = new JsonMapper();

  private VllmInterface() {}

  /** Flags that follow from the place of the instance in its deployment. */
  static Map<String, String> flags(InstanceSpec spec, KvTransfer transfer) {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("served-model-name", spec.model().name());
    flags.put("tensor-parallel-size", Integer.toString(spec.tensorParallel()));
    flags.put("host", spec.host());
    flags.put("port", Integer.toString(spec.ports().http()));
    switch (spec.role()) {
      case COLOCATED -> {
        // Transfers nothing.
      }
      // The role "both" is deprecated for this connector, and roles start to decide behaviour.
      case PREFILL -> flags.put("kv-transfer-config", transferConfig(transfer, "kv_producer"));
      case DECODE -> flags.put("kv-transfer-config", transferConfig(transfer, "kv_consumer"));
    }
    return flags;
  }

  /** Where the instance's scheduler listens for the other side, which is also the address it hands out. */
  static Map<String, String> sideChannel(InstanceSpec spec) {
    return spec.role() == InstanceRole.COLOCATED
        ? Map.of()
        : Map.of("VLLM_NIXL_SIDE_CHANNEL_HOST", spec.host(), "VLLM_NIXL_SIDE_CHANNEL_PORT",
            Integer.toString(spec.ports().sideChannel()));
  }

  private static String transferConfig(KvTransfer transfer, String role) {
    ObjectNode config = JSON.createObjectNode().put("kv_connector", transfer.connector()).put("kv_role", role);
    transfer.bufferDevice().ifPresent(device -> config.put("kv_buffer_device", device));
    ObjectNode extra = JSON.createObjectNode();
    transfer.lease().ifPresent(lease -> extra.put("kv_lease_duration", lease.toSeconds()));
    try {
      for (Map.Entry<String, String> setting : transfer.extra().entrySet()) {
        extra.set(setting.getKey(), JSON.readTree(setting.getValue()));
      }
      if (!extra.isEmpty()) {
        config.set("kv_connector_extra_config", extra);
      }
      return JSON.writeValueAsString(config);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("engine.kv-transfer.extra: holds a value that is no JSON", e);
    }
  }
}
