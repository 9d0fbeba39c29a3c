package dev.attain.results;

import java.util.List;

/**
 * The machine and the JVM behind a node, as found when it joined.
 *
 * @param processor the processor's model name, {@code unknown} where the system does not tell
 * @param processors how many of them this JVM may use
 * @param memoryBytes memory of the machine or of the container
 * @param heapBytes the most that this JVM's heap may grow to
 */
public record NodeFacts(String id, String host, List<String> roles, String processor, int processors, long memoryBytes,
    long heapBytes, String operatingSystem, String java, long processId) {

  /** Copies the roles. */
  public NodeFacts {
    roles = List.copyOf(roles);
  }
}
