package dev.attain.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attain run}: the main job. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs an experiment and writes its results.", footer = {
    "", "Exit codes: 0 every point is valid and every assertion holds; 1 an assertion failed; 2 a point is",
    "INVALID or was not measured; 3 bad configuration; 4 could not deploy or start; 130 interrupted."})
final class RunCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "CONF", description = "The experiment's configuration file.")
  private Path configuration;

  @Option(names = "-D", paramLabel = "KEY=VALUE", description = "Overrides one key of the configuration.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--results", paramLabel = "DIR", defaultValue = "results", description = "Folder that bundles go to (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Option(names = "--allow-undecided", description = "Assertions that cannot be decided do not fail.")
  private boolean allowUndecided;

  @Override
  public Integer call() {
    return ExperimentFile.read(configuration, overrides, System.err)
        .map(experiment -> new RunSession(experiment, Course.Listed.of(experiment), results,
            Invocation.commandLine(spec), Terminal.ofThisProcess(),
            allowUndecided)
            .run())
        .orElse(ExitCode.BAD_CONFIGURATION).code();
  }
}
