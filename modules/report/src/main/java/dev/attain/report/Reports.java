package dev.attain.report;

import dev.attain.experiment.Assertion;
import dev.attain.results.AssertionFacts;
import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.Contender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that is made from a bundle for people. Reads the bundle as it is; complete or not. */
public final class Reports {
  static final String PLOTS = "plots";

  private Reports() {}

  /** As {@link #write(Bundle, Path)}, into the bundle's own folder. */
  public static void write(Bundle bundle) throws IOException {
    write(bundle, bundle.folder());
  }

  /**
   * Writes every view of a bundle, replacing older ones: {@code report.html}, {@code report.md}, {@code summary.csv} and
   * {@code plots/}. Pictures in PNG are left out where the JDK cannot draw them; SVG is always there.
   *
   * @param folder made if it is not there
   * @throws IOException when the folder cannot be written
   */
  public static void write(Bundle bundle, Path folder) throws IOException {
    Optional<Comparison> comparison = comparison(bundle);
    writePage(folder, ReportPage.title(bundle), ReportPage.of(bundle, comparison));
    replace(folder.resolve("summary.csv"), bundle.summaryTable());
    if (comparison.isPresent()) {
      comparison.get().writePlots(folder.resolve(PLOTS));
    }
  }

  /** Of the deployments with records; a closed loop has no rates to compare. */
  private static Optional<Comparison> comparison(Bundle bundle) {
    List<Contender> measured;
    try {
      measured = Contender.of(bundle).stream().filter(it -> !it.loads().isEmpty()).toList();
    } catch (BundleException e) {
      // What is wrong with single requests must not take the rest of the report.
      return Optional.empty();
    }
    return measured.isEmpty()
        ? Optional.empty()
        : Optional.of(Comparison.of(measured, bundle.manifest().objectives()));
  }

  /** Writes a page in both of its forms, and its pictures. */
  static void writePage(Path folder, String title, List<Block> blocks) throws IOException {
    Path plots = Files.createDirectories(folder.resolve(PLOTS));
    writePlotsOf(plots, blocks);
    replace(folder.resolve("report.md"), MarkdownView.of(title, blocks));
    replace(folder.resolve("report.html"), HtmlView.of(title, blocks));
  }

  private static void writePlotsOf(Path plots, List<Block> blocks) throws IOException {
    for (Block block : blocks) {
      if (block instanceof Block.Charts charts) {
        writePlots(plots, charts.charts());
      } else if (block instanceof Block.Folded folded) {
        writeDetails(plots, folded.blocks());
      }
    }
  }

  /** As SVG only: there may be many, and drawing pixels takes longer than everything else. */
  private static void writeDetails(Path plots, List<Block> blocks) throws IOException {
    for (Block block : blocks) {
      if (block instanceof Block.Charts charts) {
        for (Figure chart : charts.charts()) {
          replace(plots.resolve(chart.name() + ".svg"), SvgCanvas.file(chart));
        }
      }
    }
  }

  /**
   * The table of verdicts for a terminal, in aligned columns, each line with its end.
   *
   * @param color whether verdicts are coloured with ANSI control sequences
   */
  public static String consoleTable(Bundle bundle, boolean color) {
    return ConsoleTable.of(new Findings(bundle).verdicts(), color);
  }

  /**
   * What the run found, in sentences: first, if the bundle is incomplete or was judged by other objectives than the
   * run's, that it is so, and what a closed loop means; then for each deployment which rate it sustains. Rates that were not measured are never guessed at.
   */
  public static List<String> sentences(Bundle bundle) {
    var findings = new Findings(bundle);
    var sentences = new ArrayList<String>();
    sentences.addAll(findings.notices());
    sentences.addAll(findings.sentences());
    return List.copyOf(sentences);
  }

  /**
   * How the assertions of a configuration come out, in their order.
   *
   * @throws BundleException when what a search found cannot be read
   */
  public static List<AssertionFacts> assertions(Bundle bundle, List<Assertion> assertions) throws BundleException {
    var check = new Assertions(bundle);
    return assertions.stream().map(check::facts).toList();
  }

  /** What a reader of the sentences must bear in mind, a sentence each; empty when nothing. */
  public static List<String> warnings(Bundle bundle) {
    return new Findings(bundle).warnings();
  }

  /** Writes each as SVG and, where the JDK can draw, as PNG. */
  static void writePlots(Path folder, List<? extends Figure> charts) throws IOException {
    for (Figure chart : charts) {
      replace(folder.resolve(chart.name() + ".svg"), SvgCanvas.file(chart));
      byte[] png;
      try {
        png = ImageCanvas.png(chart);
      } catch (IOException e) {
        // The same chart is there as SVG; a machine without fonts must not lose its report.
        continue;
      }
      replace(folder.resolve(chart.name() + ".png"), png);
    }
  }

  static void replace(Path file, String text) throws IOException {
    replace(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static void replace(Path file, byte[] content) throws IOException {
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
    Files.write(unfinished, content);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
