package dev.attain.results;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One engine instance as it was started.
 *
 * @param role {@code colocated}, {@code prefill}, {@code decode} or {@code router}
 * @param command the complete command line, without secrets; empty for an engine that already served
 * @param environment variables it was given beside what its node has, without secrets
 * @param version what the engine says of itself, empty when it says nothing
 * @param gpus indices on the node, empty when it uses none
 */
public record EngineFacts(String deployment, String instance, String role, String node, List<String> command,
    Map<String, String> environment, String version, int tensorParallel, List<Integer> gpus) {

  /** Copies the collections. */
  public EngineFacts {
    command = List.copyOf(command);
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    gpus = List.copyOf(gpus);
  }
}
