package dev.attain.report;

import dev.attain.results.Contender;
import dev.attain.results.Objectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Deployments against each other, at the same objectives and, where they got the same requests, request by request.
 * Sides are compared with the first colocated one, or without any with the first one. Immutable and thread-safe.
 */
public final class Comparison {
  private final Objectives slo;
  private final List<Side> sides;
  private final Side base;

  private Comparison(List<Side> sides, Objectives slo) {
    this.sides = sides;
    this.slo = slo;
    this.base = sides.stream().filter(side -> !side.contender().deployment().disaggregated()).findFirst()
        .orElse(sides.getFirst());
  }

  /**
   * Why these cannot be compared at all: too few of them, nothing measured, or nothing that succeeded. A sentence without
   * a full stop.
   */
  public static Optional<String> obstacle(List<Contender> contenders) {
    if (contenders.size() < 2) {
      return Optional.of("a comparison needs two deployments, and there "
          + (contenders.isEmpty() ? "is none" : "is one, " + contenders.getFirst().name()) + "; name another bundle");
    }
    for (Contender it : contenders) {
      if (it.loads().isEmpty()) {
        return Optional.of(it.source() + ": " + it.name() + " has no finished, valid point to compare"
            + it.remarks().stream().findFirst().map(remark -> " (" + remark + ")").orElse(""));
      }
      if (it.loads().stream().allMatch(load -> load.requests().completed() == 0)) {
        return Optional.of(it.source() + ": no request of " + it.name() + " succeeded, so that there is nothing to"
            + " compare; look for the reason in its report or its files");
      }
    }
    return Optional.empty();
  }

  /**
   * Compares.
   *
   * @param contenders without {@link #obstacle}
   * @param slo the same for all
   */
  public static Comparison of(List<Contender> contenders, Objectives slo) {
    return new Comparison(Side.of(contenders, slo), slo);
  }

  /** Clauses about what makes the sides answer different questions, such as another model; empty when nothing does. */
  public List<String> forbiddenDifferences() {
    return new Fairness(sides).forbidden();
  }

  /** Sentences about everything that makes the comparison less than fair. */
  public List<String> warnings() {
    var warnings = new ArrayList<>(new Fairness(sides).warnings());
    boolean paired = others().stream().anyMatch(side -> side.loads().entrySet().stream()
        .anyMatch(it -> base.loads().containsKey(it.getKey())
            && it.getValue().load().pairedWith(base.loads().get(it.getKey()).load())));
    if (!paired) {
      warnings.add("No deployment is known to have had the same requests as " + base.label()
          + ": intervals are those of different requests, wider than they had to be and, close to saturation, still too"
          + " narrow.");
    }
    if (!perGpu()) {
      warnings.add("Rates are those of whole deployments: not of every one the number of GPUs is known.");
    }
    return warnings;
  }

  /** Present when no curve can cross the target, because there is no curve: a clause without a full stop. */
  public Optional<String> tooFewRates() {
    return sides.stream().filter(side -> side.loads().size() < 2).findFirst()
        .map(side -> side.label() + " was measured at one rate only, " + Numbers.exact(side.loads().firstKey())
            + " req/s, so that its attainment crosses " + Numbers.plain(slo.target() * 100)
            + " % nowhere; measure it at several rates");
  }

  /** The answer, a sentence for each side beside the one that they are compared with. */
  public List<String> answers() {
    return others().stream().map(side -> new Answer(side, base, unit(), slo.target()).sentence()).toList();
  }

  /** The objectives and the method, in sentences. */
  public String method() {
    return "Objectives: TTFT within " + Numbers.seconds(slo.ttft()) + " and TPOT within " + Numbers.seconds(slo.tpot())
        + ". Rates are where a fit that never rises crosses the target between measured rates. In brackets"
        + " 95 % intervals: of rates from what so many independent requests leave possible, with one error for all rates of a"
        + " deployment, of differences from resampled blocks of requests, the same requests for both where they are paired.";
  }

  /** The figures, as aligned tables for a terminal; each line has its end. */
  public String consoleTables() {
    String rates = ConsoleTable.of(ComparisonTables.rates(sides, unit()), false);
    return rates + others().stream().map(this::pairTables).collect(Collectors.joining());
  }

  /**
   * Writes attainment over the rate and over the SLO scale: each as SVG and PNG, and both on one page,
   * {@code vllm_comparison_plots.pdf} or, of a single deployment, {@code vllm_benchmark_plots.pdf}.
   *
   * @param folder created if it is not there; older files are replaced
   * @return the file with the page
   * @throws IOException when the folder cannot be written
   */
  public Path writePlots(Path folder) throws IOException {
    List<Chart> charts = new GoodputPlots(sides, base, slo, unit()).charts();
    Reports.writePlots(Files.createDirectories(folder), charts);
    Path page = folder.resolve(sides.size() == 1 ? "vllm_benchmark_plots.pdf" : "vllm_comparison_plots.pdf");
    Reports.replace(page, PdfCanvas.page("SLO attainment", charts));
    return page;
  }

  /** Attainment over the SLO scale, where there is a rate that all have. */
  Optional<Chart> overScale() {
    return new GoodputPlots(sides, base, slo, unit()).overScale();
  }

  private String pairTables(Side side) {
    Table attainment = ComparisonTables.attainment(side, base);
    if (attainment.rows().isEmpty()) {
      return "\nNo rate was measured of both " + side.label() + " and " + base.label() + ".\n";
    }
    return "\n" + ConsoleTable.of(attainment, false) + "\n"
        + ConsoleTable.of(ComparisonTables.percentiles(side, base), false);
  }

  private String unit() {
    return perGpu() ? "req/s per GPU" : "req/s";
  }

  private boolean perGpu() {
    return sides.stream().allMatch(side -> side.contender().deployment().gpus() > 0);
  }

  private List<Side> others() {
    return sides.stream().filter(side -> !side.label().equals(base.label())).toList();
  }
}
