package dev.attain.cli;

import dev.attain.simulator.SimulatorMain;
import java.util.Arrays;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point of every process of attain. */
@Command(name = "attain", mixinStandardHelpOptions = true, versionProvider = ToolVersion.class, description = "Measures up to which request rate an LLM deployment meets its latency objectives.", subcommands = {
    RunCommand.class, FindRateCommand.class, CheckCommand.class, PlanCommand.class, CompareCommand.class,
    ReportCommand.class, ExportCommand.class, ListCommand.class, NodeCommand.class, SimulateEngineCommand.class,
    SelfTestCommand.class, KnownTruthServerCommand.class})
public final class Main implements Runnable {
  /** Parses the arguments, runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  static int execute(String[] arguments) {
    if (arguments.length > 0 && arguments[0].equals(SimulateEngineCommand.NAME)) {
      // The engine has vLLM's flags, which are not ours to parse.
      return SimulatorMain.run(Arrays.copyOfRange(arguments, 1, arguments.length), System.out, System.err);
    }
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::explain)
        .setExecutionExceptionHandler(Main::explainFailure)
        .execute(arguments);
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  private static int explain(ParameterException problem, String[] arguments) {
    String command = problem.getCommandLine().getCommandSpec().qualifiedName();
    System.err.println("attain: " + sentence(problem) + "; see " + command + " --help");
    return ExitCode.BAD_CONFIGURATION.code();
  }

  private static String sentence(ParameterException problem) {
    if (!(problem instanceof UnmatchedArgumentException unmatched)) {
      return problem.getMessage();
    }
    String word = unmatched.getUnmatched().getFirst();
    if (!word.startsWith("-")) {
      Set<String> commands = problem.getCommandLine().getSubcommands().keySet();
      return commands.isEmpty()
          ? "unknown argument " + word
          : "unknown command " + word + "; commands are " + String.join(", ", commands);
    }
    return "unknown option " + word
        + unmatched.getSuggestions().stream().findFirst().map(nearest -> "; the nearest is " + nearest).orElse("");
  }

  private static int explainFailure(Exception problem, CommandLine commandLine, CommandLine.ParseResult parsed) {
    // A person gets a sentence; whoever wants to mend the tool sets ATTAIN_DEBUG.
    System.err.println("attain: " + (problem.getMessage() == null ? problem.toString() : problem.getMessage()));
    if (System.getenv("ATTAIN_DEBUG") != null) {
      problem.printStackTrace();
    }
    return ExitCode.COULD_NOT_START.code();
  }
}
