package dev.attain.report;

import dev.attain.experiment.DurationWords;
import dev.attain.report.Block.Heading;
import dev.attain.report.Block.Rows;
import dev.attain.report.Block.Text;
import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.FoundLoad;
import dev.attain.results.FoundLoads;
import dev.attain.results.LoopKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a search for the highest load went: every probe in the order in which it was begun. */
final class SearchBlocks {
  private SearchBlocks() {}

  /** None for the bundle of a run. */
  static List<Block> of(Bundle bundle) {
    Optional<FoundLoads> found;
    try {
      found = bundle.foundLoads();
    } catch (BundleException e) {
      // The points are there all the same, and are reported as those of a run.
      found = Optional.empty();
    }
    return found.map(SearchBlocks::of).orElse(List.of());
  }

  private static List<Block> of(FoundLoads search) {
    var blocks = new ArrayList<Block>();
    blocks.add(new Heading("How the search went"));
    blocks.add(new Text("A probe is a load, measured in segments of " + search.segmentRequests() + " requests, at most "
        + search.mostSegments() + ", until a sequential test decides it; the interval is that of one look of "
        + search.mostSegments()
        + ". A probe that stays undecided counts by its share. Of a segment that was overloaded the "
        + "last third counts where it is worse. The answer is where the fit over all probes that never rises crosses the "
        + "target, and its interval is never narrower than the gap between the neighbours that hold and miss."));
    blocks.add(new Rows(probes(search)));
    blocks.add(new Rows(costs(search)));
    return blocks;
  }

  private static Table probes(FoundLoads search) {
    String unit = search.loop() == LoopKind.OPEN ? "req/s" : "users";
    var table = Table.titled("deployment", "#probe", "#" + unit, "verdict", "#share", "#interval", "#segments",
        "#requests", "#independent", "remark");
    for (FoundLoad found : search.deployments()) {
      int number = 0;
      for (FoundLoad.Probe probe : found.probes()) {
        table.row(found.deployment(), ++number, Numbers.exact(probe.load()),
            new Table.Cell(probe.verdict().name(), Tone.of(probe.verdict())), Numbers.percent(probe.share()),
            Numbers.interval(probe.low(), probe.high()), probe.segments().size(),
            probe.segments().stream().mapToLong(FoundLoad.Segment::requests).sum(),
            Math.round(probe.independentRequests()), remark(probe));
      }
    }
    return table.build();
  }

  private static String remark(FoundLoad.Probe probe) {
    var remarks = new ArrayList<String>();
    if (probe.segments().stream().anyMatch(FoundLoad.Segment::overloaded)) {
      remarks.add("overloaded");
    }
    probe.segments().stream().filter(segment -> !segment.invalid().isEmpty())
        .map(segment -> "segment " + segment.repeat() + " is INVALID").forEach(remarks::add);
    return String.join("; ", remarks);
  }

  private static Table costs(FoundLoads search) {
    var table = Table.titled("deployment", "#probes", "#requests", "#time of load", "end");
    search.deployments().forEach(found -> table.row(found.deployment(), found.probes().size(), found.requests(),
        DurationWords.of(Duration.ofMillis(Math.round(1e3 * found.seconds()))), end(found)));
    return table.build();
  }

  private static String end(FoundLoad found) {
    return switch (found.end()) {
      case RUNNING -> "it has not ended";
      case COMPLETED -> "nothing more to find out";
      case OUT_OF_BUDGET, UNBELIEVABLE, STOPPED -> found.reason();
    };
  }
}
