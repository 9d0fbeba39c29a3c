package dev.attain.cli;

import dev.attain.report.Reports;
import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.Objectives;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attain report}: the views of a bundle anew, from its records. */
@Command(name = "report", mixinStandardHelpOptions = true, description = "Rebuilds report.html, report.md, summary.csv and the plots of a bundle from the records of its requests, at the run's objectives or at others. What was measured is never changed.", footer = {
    "", "Exit codes: 0 the views are written, whatever they say; 3 not a bundle, damaged records, no request that",
    "succeeded, or impossible objectives; 4 the views could not be written."})
final class ReportCommand implements Callable<Integer> {
  private static final double MILLIS = 1e3;
  private static final double PERCENT = 100;
  private static final MathContext ASKED_DIGITS = new MathContext(9);

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "BUNDLE", description = "Folder of the bundle.")
  private Path folder;

  @Mixin
  private SloOptions slo;

  @Option(names = "--output", paramLabel = "DIR", description = "Folder that the views go to (default: the bundle's own; at other objectives than the run's a new one in it, such as views/ttft-200ms-tpot-25ms).")
  private Optional<Path> output = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Bundle judged = judged();
    Path target = target(judged);
    Terminal terminal = Terminal.ofThisProcess();
    try {
      Reports.write(judged, Files.createDirectories(target));
    } catch (IOException e) {
      throw new IOException("the views cannot be written to " + target + " (" + e
          + "); name a writable folder with --output DIR", e);
    }
    BundleOnScreen.show(judged, terminal);
    terminal.out().println("report: " + target.resolve("report.html"));
    return ExitCode.SUCCESS.code();
  }

  private Bundle judged() {
    try {
      Bundle bundle = Bundle.open(folder);
      return bundle.judgedBy(slo.orThoseOf(bundle.manifest().objectives()));
    } catch (BundleException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Views at other objectives must not take the place of the run's own. */
  private Path target(Bundle judged) {
    Objectives asked = judged.manifest().objectives();
    boolean own = asked.equals(judged.objectivesOfTheRun());
    Path target = output.orElse(own ? folder : folder.resolve("views").resolve(name(asked, judged)));
    boolean here = target.toAbsolutePath().normalize().equals(folder.toAbsolutePath().normalize());
    if (here && !own) {
      throw new ParameterException(spec.commandLine(),
          target + " has the views of the run, which had other objectives; name another folder with --output");
    }
    if (!here && Files.exists(target.resolve("manifest.json"))) {
      throw new ParameterException(spec.commandLine(),
          target + " is another bundle; name another folder with --output");
    }
    return target;
  }

  private static String name(Objectives asked, Bundle judged) {
    String times = "ttft-" + exact(asked.ttft() * MILLIS) + "ms-tpot-" + exact(asked.tpot() * MILLIS) + "ms";
    return asked.target() == judged.objectivesOfTheRun().target()
        ? times
        : times + "-target-" + exact(asked.target() * PERCENT) + "percent";
  }

  private static String exact(double number) {
    return new BigDecimal(number).round(ASKED_DIGITS).stripTrailingZeros().toPlainString();
  }
}
