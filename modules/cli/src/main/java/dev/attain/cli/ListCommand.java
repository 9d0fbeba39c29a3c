package dev.attain.cli;

import dev.attain.report.BundleLines;
import dev.attain.results.BundleOverview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attain list}: the bundles in a folder. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the bundles in a folder, the newest first. A bundle that cannot be read is a line with the reason.", footer = {
    "", "Exit codes: 0 listed; 3 the folder cannot be read."})
final class ListCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", defaultValue = "results", description = "Folder that bundles went to (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(names = "--filter", paramLabel = "TEXT", defaultValue = "", description = "Only bundles whose lines contain this text; upper and lower case are the same.")
  private String filter;

  @Option(names = "--json", description = "Print a JSON array instead.")
  private boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofThisProcess();
    List<BundleOverview> bundles = bundles().stream().filter(bundle -> BundleLines.mentions(bundle, filter)).toList();
    if (json) {
      terminal.out().println(BundleOverview.json(bundles));
    } else if (bundles.isEmpty()) {
      terminal.out().println("no bundles in " + folder + (filter.isEmpty() ? "" : " that mention \"" + filter + "\""));
    } else {
      BundleLines.of(bundles, terminal.colour()).forEach(terminal.out()::println);
    }
    return ExitCode.SUCCESS.code();
  }

  private List<BundleOverview> bundles() {
    if (!Files.isDirectory(folder)) {
      throw new ParameterException(spec.commandLine(),
          folder + " is not a folder; name the one that runs were told with --results");
    }
    try {
      return BundleOverview.under(folder);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), folder + " cannot be read: " + e, e);
    }
  }
}
