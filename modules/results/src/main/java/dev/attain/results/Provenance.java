package dev.attain.results;

import java.util.List;

/**
 * Which program wrote a bundle, and how it was called. Nothing secret belongs into the command line.
 *
 * @param gitHash of the source tree, {@code unknown} outside a checkout
 */
public record Provenance(String toolVersion, String gitHash, List<String> commandLine) {

  /** Copies the command line. */
  public Provenance {
    commandLine = List.copyOf(commandLine);
  }
}
