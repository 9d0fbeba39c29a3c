package dev.attain.cli;

import dev.attain.cluster.PointSource;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.LoadSearch;
import dev.attain.experiment.Point;
import dev.attain.experiment.SearchedExperiment;
import dev.attain.results.FoundLoads;
import dev.attain.search.Budget;
import dev.attain.search.End;
import dev.attain.search.Question;
import dev.attain.search.Scale;
import dev.attain.search.Search;
import dev.attain.search.Segment;
import dev.attain.search.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The search of every deployment, between the cluster, which asks for points, and the bundle, which has their summaries.
 * Thread-safe: the cluster's threads take turns, and the end of a run comes from another.
 */
final class RateSearches implements PointSource {
  private static final double NANOS_PER_SECOND = 1e9;

  private final SearchedExperiment searched;
  private final Search search;
  private final Map<String, List<Segment>> histories = new LinkedHashMap<>();
  private final Map<String, String> givenUp = new LinkedHashMap<>();

  RateSearches(SearchedExperiment searched) {
    this.searched = searched;
    this.search = new Search(question(searched), budget(searched.search()));
    searched.experiment().deployments().forEach(deployment -> histories.put(deployment.name(), new ArrayList<>()));
  }

  static Question question(SearchedExperiment searched) {
    LoadSearch asked = searched.search();
    Scale scale = switch (asked.by()) {
      case RATE -> Scale.RATES;
      case CONCURRENCY -> Scale.USERS;
    };
    return new Question(scale, asked.start(), asked.lowest(), asked.highest(), asked.resolution(), asked.requests(),
        asked.segments(), searched.experiment().target());
  }

  private static Budget budget(LoadSearch asked) {
    return new Budget(asked.mostRequests().stream().asLongStream().boxed().map(OptionalLong::of).findFirst()
        .orElse(OptionalLong.empty()),
        asked.mostTime().map(most -> OptionalDouble.of(most.toNanos() / NANOS_PER_SECOND))
            .orElse(OptionalDouble.empty()));
  }

  /** A segment was measured; in the order in which they were asked for. */
  synchronized void measured(MeasuredSegment measured) {
    histories.get(measured.deployment()).add(measured.segment());
  }

  /**
   * What an earlier process has measured, in its order. A segment at the end that cannot be believed is forgotten: it may be
   * the one that was cut off, and whoever goes on may have mended the reason.
   */
  synchronized void replay(List<MeasuredSegment> earlier) {
    earlier.forEach(this::measured);
    histories.values().forEach(history -> {
      while (!history.isEmpty() && history.getLast().invalid().isPresent()) {
        history.removeLast();
      }
    });
  }

  /** How many segments were measured. */
  synchronized int segments() {
    return histories.values().stream().mapToInt(List::size).sum();
  }

  @Override
  public synchronized boolean finished(Deployment deployment) {
    return step(deployment).isEmpty();
  }

  @Override
  public synchronized Optional<Point> next(Deployment deployment) {
    return step(deployment).map(measure -> searched.point(deployment, measure.load(), measure.repeat()));
  }

  @Override
  public synchronized List<Point> giveUp(Deployment deployment, String reason) {
    List<Point> left = next(deployment).stream().toList();
    if (!left.isEmpty()) {
      givenUp.put(deployment.name(), reason);
    }
    return left;
  }

  private Optional<Step.Measure> step(Deployment deployment) {
    return !givenUp.containsKey(deployment.name())
        && search.next(histories.get(deployment.name())) instanceof Step.Measure measure
            ? Optional.of(measure)
            : Optional.empty();
  }

  /** What is known now; empty for a search that still goes on, with what it knows. */
  synchronized FoundLoads found() {
    return FoundFacts.of(searched, deployment -> {
      List<Segment> history = histories.get(deployment.name());
      String reason = givenUp.get(deployment.name());
      if (reason != null) {
        return new FoundFacts.State(search.ended(history, new End.Stopped(reason)), false);
      }
      return search.next(history) instanceof Step.Done done
          ? new FoundFacts.State(done.finding(), false)
          : new FoundFacts.State(search.ended(history, new End.Stopped("")), true);
    });
  }

  /** Whether every search came to its own end. */
  synchronized boolean everyoneAnswered() {
    return histories.values().stream().allMatch(history -> search.next(history) instanceof Step.Done done
        && (done.finding().end() instanceof End.Completed || done.finding().end() instanceof End.OutOfBudget));
  }

  /** How a search stands. */
  synchronized SearchState state(String deployment) {
    return SearchState.of(search, histories.get(deployment));
  }

  /** Seconds of load that are still to be expected of all searches, roughly. */
  synchronized double expectedSeconds() {
    return searched.experiment().deployments().stream()
        .filter(deployment -> !finished(deployment))
        .mapToDouble(deployment -> state(deployment.name()).expectedSeconds())
        .sum();
  }
}
