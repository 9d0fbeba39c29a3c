package dev.attain.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a node does; a node may have any combination. */
public enum NodeRole {
  /** Runs the experiment and writes its results. */
  COORDINATOR,
  /** Sends a share of the load. */
  LOAD,
  /** Starts engine instances. */
  ENGINE;

  /** The name in configuration and on the command line. */
  public String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** @throws IllegalArgumentException with one sentence naming the known roles */
  public static NodeRole of(String name) {
    return Arrays.stream(values()).filter(role -> role.lowerName().equals(name.trim())).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown role \"" + name + "\"; known roles are "
            + Arrays.stream(values()).map(NodeRole::lowerName).collect(Collectors.joining(", "))));
  }
}
