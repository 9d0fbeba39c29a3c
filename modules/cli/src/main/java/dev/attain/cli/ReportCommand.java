package dev.attain.cli;

import dev.attain.report.PlanReports;
import dev.attain.report.Reports;
import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.Objectives;
import dev.attain.results.PlanBundle;
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

/** {@code attain report}: the views of a bundle anew, from its records; of a plan, from what it found. */
@Command(name = "report", mixinStandardHelpOptions = true, description = "Rebuilds report.html, report.md, summary.csv and the plots of a bundle from the records of its requests, at the run's objectives or at others. What was measured is never changed. Of a plan its own views are made again, from plan.json.", footer = {
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

  /** Writes views into a folder. */
  private interface Views {
    void writeTo(Path target) throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    try {
      if (PlanBundle.isAt(folder)) {
        rebuild(planned());
      } else {
        rebuild(Bundle.open(folder));
      }
    } catch (BundleException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return ExitCode.SUCCESS.code();
  }

  private void rebuild(Bundle bundle) throws IOException, BundleException {
    Bundle judged = bundle.judgedBy(slo.orThoseOf(bundle.manifest().objectives()));
    write(target(judged), views -> Reports.write(judged, views),
        () -> BundleOnScreen.show(judged, Terminal.ofThisProcess()));
  }

  private void rebuild(PlanBundle bundle) throws IOException {
    write(noOther(output.orElse(folder)), views -> PlanReports.write(views, bundle.name(), bundle.plan()),
        () -> BundleOnScreen.show(bundle.plan(), Terminal.ofThisProcess()));
  }

  private PlanBundle planned() throws BundleException {
    slo.given().ifPresent(option -> {
      throw problem(folder + " is the bundle of a plan, which has no requests to judge by " + option
          + "; plan again with other objectives (-D slo.ttft=..., slo.tpot, slo.target)");
    });
    return PlanBundle.open(folder);
  }

  private static void write(Path target, Views views, Runnable show) throws IOException {
    try {
      views.writeTo(Files.createDirectories(target));
    } catch (IOException e) {
      throw new IOException("the views cannot be written to " + target + " (" + e
          + "); name a writable folder with --output DIR", e);
    }
    show.run();
    Terminal.ofThisProcess().out().println("report: " + target.resolve("report.html"));
  }

  /** Views at other objectives must not take the place of the run's own. */
  private Path target(Bundle judged) {
    Objectives asked = judged.manifest().objectives();
    boolean own = asked.equals(judged.objectivesOfTheRun());
    Path target = output.orElse(own ? folder : folder.resolve("views").resolve(name(asked, judged)));
    if (isOwn(target) && !own) {
      throw problem(
          target + " has the views of the run, which had other objectives; name another folder with --output");
    }
    return noOther(target);
  }

  private Path noOther(Path target) {
    if (!isOwn(target) && Files.exists(target.resolve("manifest.json"))) {
      throw problem(target + " is another bundle; name another folder with --output");
    }
    return target;
  }

  private boolean isOwn(Path target) {
    return target.toAbsolutePath().normalize().equals(folder.toAbsolutePath().normalize());
  }

  private ParameterException problem(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
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
