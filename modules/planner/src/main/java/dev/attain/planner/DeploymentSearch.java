package dev.attain.planner;

import dev.attain.experiment.Planning;
import dev.attain.planner.RateSearch.Found;
import dev.attain.results.RankedDeployment.LatencyQuantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Finds the highest rates of one deployment, one for each seed, and what there is to say about them. */
final class DeploymentSearch {
  private static final double STARTING_RATE_PER_GPU = 4;
  private static final int SCOUTS_PART = 4;
  private static final int LEAST_SCOUTS = 100;
  /** The region that scouting leaves: about 8 %. */
  private static final double REGION = 1.08;
  private static final double NANOS_PER_SECOND = 1e9;

  private final RateGrid grid;
  private final double target;
  private final int requests;
  private final int seeds;
  private final Trials trials;

  DeploymentSearch(Planning.Search search, double target, Trials trials) {
    this.grid = new RateGrid(search.resolution());
    this.target = target;
    this.requests = search.requests();
    this.seeds = search.seeds();
    this.trials = trials;
  }

  /**
   * What was found.
   *
   * @param rates of each seed, requests per second; 0 where every rate misses
   * @param firstStep of the first seed, for its curve
   */
  record Result(List<Double> rates, Optional<Integer> firstStep, String binding, LatencyQuantiles ttft,
      LatencyQuantiles tpot, List<String> notes) {}

  /** @param gpus of the deployment, for a first guess */
  Result search(int gpus) {
    int scouts = Math.clamp(requests / SCOUTS_PART, LEAST_SCOUTS, requests);
    var scouting = new RateSearch(grid, target, step -> trials.run(0, grid.rate(step), scouts));
    int start = scouting.from(grid.step(STARTING_RATE_PER_GPU * gpus), grid.steps(2), false).step()
        .orElse(grid.lowest());
    var found = new ArrayList<Found>();
    for (int seed = 0; seed < seeds; seed++) {
      int repeat = seed;
      // The first seed's region was scouted with a part of its requests; the others begin where the first one ended.
      int from = seed == 0 ? start : found.getFirst().step().orElse(grid.lowest());
      // Whether attainment is monotone hangs on the deployment far more than on the seed: the others look if it is not.
      boolean tryBelow = seed == 0 || found.getFirst().heldAbove().isPresent();
      found.add(new RateSearch(grid, target, step -> trials.run(repeat, grid.rate(step), requests))
          .from(from, grid.steps(REGION), tryBelow));
    }
    return result(found);
  }

  private Result result(List<Found> found) {
    var rates = found.stream().map(each -> each.step().map(grid::rate).orElse(0.0)).toList();
    return new Result(rates, found.getFirst().step(), binding(found), quantiles(found, Trial::ttftNanos),
        quantiles(found, Trial::tpotNanos), notes(found));
  }

  private static String binding(List<Found> found) {
    var above = found.stream().flatMap(each -> each.above().stream()).map(Trial::whole).toList();
    int metTtft = above.stream().mapToInt(Trial.Shares::metTtft).sum();
    int metTpot = above.stream().mapToInt(Trial.Shares::metTpot).sum();
    return above.isEmpty() ? "" : metTtft < metTpot ? "TTFT" : "TPOT";
  }

  private static LatencyQuantiles quantiles(List<Found> found, Function<Trial, long[]> latencies) {
    long[] sorted = found.stream().map(Found::best).map(latencies).flatMapToLong(LongStream::of).sorted().toArray();
    return new LatencyQuantiles(quantile(sorted, 0.5), quantile(sorted, 0.9), quantile(sorted, 0.99));
  }

  /** The smallest value that at least this share of all does not exceed, in seconds; 0 of none. */
  private static double quantile(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1] / NANOS_PER_SECOND;
  }

  private List<String> notes(List<Found> found) {
    var notes = new ArrayList<String>();
    long without = found.stream().filter(each -> each.step().isEmpty()).count();
    if (without > 0) {
      notes.add("misses the target at every rate%s".formatted(
          without == found.size() ? "" : " with the requests of " + without + " of " + found.size() + " seeds"));
    }
    found.stream().filter(each -> each.heldAbove().isPresent()).findFirst().ifPresent(each -> notes.add(
        String.format(Locale.ROOT, "attainment is not monotone: %.4g requests/s holds although a lower rate misses",
            grid.rate(each.heldAbove().get()))));
    if (found.stream().anyMatch(each -> each.above().isEmpty())) {
      notes.add(String.format(Locale.ROOT, "no rate up to %.4g requests/s misses", grid.rate(grid.highest())));
    }
    growth(found).ifPresent(notes::add);
    int missing = found.stream().map(each -> each.best().whole()).mapToInt(all -> all.planned() - all.completed())
        .sum();
    if (missing > 0) {
      notes.add(missing + " requests never complete: they fit no instance");
    }
    return notes;
  }

  /** In-flight numbers spread like counts do; what grows by more than that and by a fifth is no chance. */
  private static Optional<String> growth(List<Found> found) {
    var best = found.stream().filter(each -> each.step().isPresent()).map(Found::best).toList();
    int midway = best.stream().mapToInt(Trial::flightMidway).sum();
    int atEnd = best.stream().mapToInt(Trial::flightAtEnd).sum();
    if (atEnd <= 1.2 * midway + 3 * Math.sqrt(midway)) {
      return Optional.empty();
    }
    return Optional.of(("requests in flight grow from %d to %d in the second half of a run: more plan.requests may show"
        + " a lower rate").formatted(midway / best.size(), atEnd / best.size()));
  }
}
