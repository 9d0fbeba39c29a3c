package dev.attain.cli;

import dev.attain.report.Comparison;
import dev.attain.results.BundleException;
import dev.attain.results.Contender;
import dev.attain.results.Objectives;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attain compare}: deployments of one or several bundles against each other. */
@Command(name = "compare", mixinStandardHelpOptions = true, description = "Compares deployments of one bundle or of several: which rate each sustains, and how certain the difference is. Requests of the same schedule are compared one by one.", footer = {
    "", "Exit codes: 0 compared; 3 there is nothing to compare, or the sides cannot be compared."})
final class CompareCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "BUNDLE", arity = "0..*", description = "Folders of bundles; all their deployments are compared.")
  private List<Path> bundles = new ArrayList<>();

  @Option(names = "--simple-dir", paramLabel = "DIR", description = "A folder with vllm-<rate>qps-*.json files of a colocated deployment, as vllm bench serve --save-detailed writes them.")
  private List<Path> simple = new ArrayList<>();

  @Option(names = "--nixl-dir", paramLabel = "DIR", description = "The same of a disaggregated deployment.")
  private List<Path> nixl = new ArrayList<>();

  @Option(names = "--deployment", paramLabel = "NAME", description = "Only deployments of this name; may be given several times.")
  private List<String> names = new ArrayList<>();

  @Mixin
  private SloOptions slo;

  @Option(names = "--allow-differences", description = "Compare even if model, data set, workload or arrivals differ.")
  private boolean allowDifferences;

  @Option(names = "--plots", paramLabel = "DIR", description = "Write plots of attainment over rate and SLO scale there, as SVG, PNG and vllm_comparison_plots.pdf (default: the environment's PLOT_OUTPUT_DIR, else none).")
  private Optional<Path> plots = Optional.ofNullable(System.getenv("PLOT_OUTPUT_DIR")).filter(it -> !it.isBlank())
      .map(Path::of);

  @Override
  public Integer call() {
    List<Contender> contenders = contenders();
    Objectives objectives = slo.of(contenders);
    Comparison.obstacle(contenders).ifPresent(obstacle -> {
      throw problem(obstacle);
    });
    Comparison comparison = Comparison.of(contenders, objectives);
    List<String> forbidden = comparison.forbiddenDifferences();
    if (!forbidden.isEmpty() && !allowDifferences) {
      throw problem("the deployments answered different questions, they differ in " + String.join(", in ", forbidden)
          + "; --allow-differences compares them all the same");
    }
    Optional<String> tooFew = comparison.tooFewRates();
    print(comparison, tooFew.isEmpty());
    plots.ifPresent(folder -> writePlots(comparison, folder));
    tooFew.ifPresent(sentence -> {
      throw problem(sentence);
    });
    return ExitCode.SUCCESS.code();
  }

  private static void print(Comparison comparison, boolean answered) {
    PrintStream out = Terminal.ofThisProcess().out();
    if (answered) {
      comparison.answers().forEach(out::println);
    }
    out.println(comparison.method());
    comparison.warnings().forEach(warning -> out.println("Note: " + warning));
    out.println();
    out.print(comparison.consoleTables());
  }

  private void writePlots(Comparison comparison, Path folder) {
    try {
      Terminal.ofThisProcess().out().println("\nplots: " + comparison.writePlots(folder));
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), folder + " cannot be written: " + e, e);
    }
  }

  private List<Contender> contenders() {
    if (bundles.isEmpty() && simple.isEmpty() && nixl.isEmpty()) {
      throw problem("name bundles, or folders with --simple-dir and --nixl-dir");
    }
    var contenders = new ArrayList<Contender>();
    try {
      for (Path bundle : bundles) {
        contenders.addAll(Contender.ofBundle(bundle));
      }
      for (Path folder : simple) {
        contenders.add(Contender.ofVllmFolder(folder, false));
      }
      for (Path folder : nixl) {
        contenders.add(Contender.ofVllmFolder(folder, true));
      }
    } catch (BundleException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    names.stream().filter(name -> contenders.stream().noneMatch(it -> it.name().equals(name))).findFirst()
        .ifPresent(name -> {
          throw problem("no deployment is called " + name + "; there are "
              + String.join(", ", contenders.stream().map(Contender::name).distinct().toList()));
        });
    return contenders.stream().filter(it -> names.isEmpty() || names.contains(it.name())).toList();
  }

  private ParameterException problem(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
