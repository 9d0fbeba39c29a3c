package dev.attain.results;

import java.util.List;

/**
 * One engine instance as it was started.
 *
 * @param role {@code colocated}, {@code prefill} or {@code decode}
 * @param command the complete command line, without secrets; empty for an engine that already served
 * @param version what the engine says of itself, empty when it says nothing
 * @param gpus indices on the node, empty when it uses none
 */
public record EngineFacts(String deployment, String instance, String role, String node, List<String> command,
    String version, int tensorParallel, List<Integer> gpus) {

  /** Copies the lists. */
  public EngineFacts {
    command = List.copyOf(command);
    gpus = List.copyOf(gpus);
  }
}
