package dev.attain.engines;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * How to start an instance and where it then answers.
 *
 * @param command executable and arguments
 * @param environment variables to add to this JVM's own
 * @param baseUri what the paths of the OpenAI interface are appended to: {@code http://127.0.0.1:20017}
 * @param healthUri answers 200 once the instance is ready
 */
public record LaunchPlan(List<String> command, Map<String, String> environment, URI baseUri, URI healthUri) {
  public LaunchPlan {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
