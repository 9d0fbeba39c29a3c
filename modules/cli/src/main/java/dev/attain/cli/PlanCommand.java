package dev.attain.cli;

import dev.attain.experiment.PlanningReader;
import dev.attain.planner.Planner;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attain plan}: ranks deployments by simulation. */
@Command(name = "plan", mixinStandardHelpOptions = true, description = "Simulates deployments in virtual time and ranks them by the request rate each GPU sustains within the objectives.", footer = {
    "", "Exit codes: 0 ranked; 3 bad configuration; 4 no deployment can exist, or results could not be",
    "written; 130 interrupted."})
final class PlanCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "CONF", description = "The configuration file, with a section plan or a list of deployments.")
  private Path configuration;

  @Option(names = "-D", paramLabel = "KEY=VALUE", description = "Overrides one key of the configuration.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--results", paramLabel = "DIR", defaultValue = "results", description = "Folder that bundles go to (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Override
  public Integer call() {
    return Invocation.read(configuration, System.err,
        () -> PlanningReader.read(configuration, overrides, System.getenv()),
        planning -> Planner.problems(planning).stream())
        .map(planning -> new PlanSession(planning, results, Invocation.commandLine(spec), Terminal.ofThisProcess())
            .run())
        .orElse(ExitCode.BAD_CONFIGURATION).code();
  }
}
