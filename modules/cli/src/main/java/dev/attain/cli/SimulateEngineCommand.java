package dev.attain.cli;

import picocli.CommandLine.Command;

/** Listed for {@code --help}; {@link Main} hands the arguments to the simulator before anything parses them. */
@Command(name = SimulateEngineCommand.NAME, description = "Serves like vLLM without a GPU; takes vLLM's flags, see simulate-engine --help.")
final class SimulateEngineCommand {
  static final String NAME = "simulate-engine";
}
