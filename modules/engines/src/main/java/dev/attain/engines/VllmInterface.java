package dev.attain.engines;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every engine with vLLM's command line has in common: addresses, sizes, and the roles of the NIXL connector. */
final class VllmInterface {
  private VllmInterface() {}

  /** Flags that follow from the place of the instance in its deployment. */
  static Map<String, String> flags(InstanceSpec spec) {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("served-model-name", spec.model().name());
    flags.put("tensor-parallel-size", Integer.toString(spec.tensorParallel()));
    flags.put("host", spec.host());
    flags.put("port", Integer.toString(spec.port()));
    switch (spec.role()) {
      case COLOCATED -> {
        // Transfers nothing.
      }
      case PREFILL -> flags.put("kv-transfer-config", transferConfig("kv_producer"));
      case DECODE -> flags.put("kv-transfer-config", transferConfig("kv_consumer"));
    }
    return flags;
  }

  static LaunchPlan plan(InstanceSpec spec, List<String> command) {
    URI base = http(spec.host(), spec.port());
    return new LaunchPlan(command, environment(spec), base, base.resolve("/health"));
  }

  private static Map<String, String> environment(InstanceSpec spec) {
    return spec.role() == InstanceRole.COLOCATED
        ? Map.of()
        : Map.of("VLLM_NIXL_SIDE_CHANNEL_HOST", spec.host(), "VLLM_NIXL_SIDE_CHANNEL_PORT",
            Integer.toString(spec.sideChannelPort()));
  }

  /** The role "both" is deprecated for this connector, and it starts to decide behaviour. */
  private static String transferConfig(String role) {
    return "{\"kv_connector\":\"NixlConnector\",\"kv_role\":\"" + role + "\"}";
  }

  private static URI http(String host, int port) {
    try {
      return new URI("http", null, host, port, null, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("%s is not a host name or address".formatted(host), e);
    }
  }
}
