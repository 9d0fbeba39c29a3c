package dev.attain.engines;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where an instance answers; every kind has its health below its OpenAI interface. */
final class HttpAddresses {
  private HttpAddresses() {}

  static LaunchPlan plan(InstanceSpec spec, List<String> command, Map<String, String> environment) {
    URI base = base(spec.host(), spec.ports().http());
    return new LaunchPlan(command, environment, base, base.resolve("/health"), Optional.empty(), Optional.empty());
  }

  static URI base(String host, int port) {
    try {
      return new URI("http", null, host, port, null, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("%s is not a host name or address".formatted(host), e);
    }
  }
}
