package dev.attain.report;

import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.FoundLoad;
import dev.attain.results.FoundLoads;
import dev.attain.results.LoopKind;
import dev.attain.results.Objectives;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a search found of one deployment, in a sentence with a full stop. Nothing is extrapolated: beyond what was measured it is
 * "at least" and "below".
 */
record FoundSentence(FoundLoads search, FoundLoad found) {

  /** By the deployment's name; empty for the bundle of a run. */
  static Map<String, String> byDeployment(Bundle bundle) {
    var sentences = new LinkedHashMap<String, String>();
    try {
      bundle.foundLoads().ifPresent(search -> search.deployments()
          .forEach(found -> sentences.put(found.deployment(), new FoundSentence(search, found).words())));
    } catch (BundleException e) {
      // The points are there all the same, and are reported as those of a run.
      return Map.of();
    }
    return sentences;
  }

  String words() {
    return switch (found.answer()) {
      case AT -> found.deployment() + " " + verb() + " " + at() + objectives() + remarks();
      case BELOW_LOWEST -> found.deployment() + " stays below " + bound(search.lowest(), "the lowest to be measured")
          + objectives() + remarks();
      case ABOVE_HIGHEST -> found.deployment() + " " + verb() + " at least "
          + bound(search.highest(), "the highest to be measured") + objectives() + remarks();
      case AT_LEAST -> found.deployment() + " " + verb() + " at least "
          + bound(found.holds().orElseThrow(), "the highest measured") + objectives() + remarks();
      case BELOW -> found.deployment() + " stays below " + bound(found.misses().orElseThrow(), "the lowest measured")
          + objectives() + remarks();
      case UNKNOWN -> found.deployment() + ": nothing is known" + remarks();
    };
  }

  private String at() {
    String whole = Numbers.plain(found.load().orElseThrow()) + " " + interval(1) + " " + unit();
    return whole + found.perGpu()
        .map(per -> " (" + Numbers.plain(per.load()) + " " + interval(found.gpus()) + " per GPU)").orElse("");
  }

  /** An end beyond everything measured has no number. */
  private String interval(int divisor) {
    var loads = found.probes().stream().mapToDouble(FoundLoad.Probe::load).summaryStatistics();
    return "[" + found.low().map(end -> Numbers.plain(end / divisor))
        .orElse("below " + Numbers.plain(loads.getMin() / divisor))
        + ", " + found.high().map(end -> Numbers.plain(end / divisor))
            .orElse("above " + Numbers.plain(loads.getMax() / divisor))
        + "]";
  }

  private String bound(double load, String which) {
    String each = found.gpus() > 0 ? ", " + Numbers.plain(load / found.gpus()) + " per GPU" : "";
    return Numbers.plain(load) + " " + unit() + " (" + which + each + ")";
  }

  private String objectives() {
    Objectives asked = search.objectives();
    return " at " + Numbers.plain(asked.target() * 100) + " % within TTFT " + Numbers.seconds(asked.ttft())
        + " / TPOT " + Numbers.seconds(asked.tpot());
  }

  private String remarks() {
    String undecided = found.undecidedProbes() == 0
        ? ""
        : "; " + found.undecidedProbes() + " of " + found.probes().size() + " loads counted by their share alone";
    String early = switch (found.end()) {
      case RUNNING -> "; the search has not ended";
      case COMPLETED -> "";
      case OUT_OF_BUDGET, UNBELIEVABLE, STOPPED -> "; the search ended early: " + found.reason();
    };
    return undecided + early + ".";
  }

  private String unit() {
    return search.loop() == LoopKind.OPEN ? "req/s" : "users";
  }

  private String verb() {
    return search.loop() == LoopKind.OPEN ? "sustains" : "serves";
  }
}
