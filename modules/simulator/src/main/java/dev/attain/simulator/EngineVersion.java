package dev.attain.simulator;

import java.util.List;

/**
 * What a version of vLLM adds to the work of the GPU, whatever the GPU is.
 *
 * @param host
 *          time of a step that no GPU work hides
 * @param schedulesAhead
 *          whether asynchronous scheduling is on unless a flag turns it off
 * @param memoryShare
 *          of a GPU that is used unless a flag says otherwise
 */
record EngineVersion(String name, HostCost host, boolean schedulesAhead, double memoryShare) {

  private static final String FLAG = "--sim-vllm";

  /** Newest last; fitted to closed loops on H100 (0.12) and to this project's measurement on H200 (0.26). */
  private static final List<EngineVersion> KNOWN = List.of(
      new EngineVersion("0.12", new HostCost(4e-3, 40e-6, 3e-3), false, 0.9),
      new EngineVersion("0.26", new HostCost(.8e-3, 10e-6, 5.3e-3), true, 0.92));

  /** Reads the flag; the newest version without it. */
  static EngineVersion from(FlagValues flags) throws SimulatorException {
    String name = flags.text(FLAG).orElse(KNOWN.getLast().name());
    return KNOWN.stream().filter(version -> version.name().equals(name)).findFirst()
        .orElseThrow(
            () -> new SimulatorException(FLAG + ": the costs of vLLM \"" + name + "\" are not known; known are "
                + String.join(", ", names())));
  }

  static List<String> names() {
    return KNOWN.stream().map(EngineVersion::name).toList();
  }
}
