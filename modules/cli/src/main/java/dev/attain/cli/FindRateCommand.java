package dev.attain.cli;

import dev.attain.experiment.SearchedExperiment;
import dev.attain.results.BundleException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attain find-rate}: the highest load that meets the target. */
@Command(name = "find-rate", mixinStandardHelpOptions = true, description = "Finds the highest rate, or number of users, at which each deployment meets its target, and writes its results.", footer = {
    "",
    "Exit codes: 0 every deployment has an answer and every assertion holds; 1 an assertion failed; 2 a search ended",
    "without an answer, because points were INVALID or could not be measured; 3 bad configuration; 4 could not deploy or",
    "start; 130 interrupted, go on with --resume."})
final class FindRateCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "CONF", description = "The configuration file, with a section find-rate.")
  private Path configuration;

  @Option(names = "-D", paramLabel = "KEY=VALUE", description = "Overrides one key of the configuration.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--results", paramLabel = "DIR", defaultValue = "results", description = "Folder that bundles go to (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Option(names = "--resume", paramLabel = "BUNDLE", description = "Goes on in the bundle of a search that was cut off, with the same configuration; nothing is measured again.")
  private Optional<Path> resume = Optional.empty();

  @Option(names = "--allow-undecided", description = "Assertions that cannot be decided do not fail.")
  private boolean allowUndecided;

  @Override
  public Integer call() {
    return ExperimentFile.readSearch(configuration, overrides, System.err).map(this::find)
        .orElse(ExitCode.BAD_CONFIGURATION).code();
  }

  private ExitCode find(SearchedExperiment searched) {
    Course course;
    try {
      course = resume.isPresent() ? SearchCourse.resumed(searched, resume.get()) : SearchCourse.fresh(searched);
    } catch (BundleException e) {
      System.err.println("attain: " + e.getMessage());
      return ExitCode.BAD_CONFIGURATION;
    }
    return new RunSession(searched.experiment(), course, results, Invocation.commandLine(spec),
        Terminal.ofThisProcess(), allowUndecided).run();
  }
}
