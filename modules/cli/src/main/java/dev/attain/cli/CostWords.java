package dev.attain.cli;

import dev.attain.experiment.DurationWords;
import dev.attain.experiment.LoadSearch;
import dev.attain.experiment.SearchedExperiment;
import dev.attain.search.Cost;
import dev.attain.search.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a search will cost at most, and why, before it begins. */
final class CostWords {
  private CostWords() {}

  static List<String> of(SearchedExperiment searched) {
    Question question = RateSearches.question(searched);
    Cost cost = Cost.of(question);
    int deployments = searched.experiment().deployments().size();
    var lines = new ArrayList<String>();
    lines.add(String.format(Locale.ROOT,
        "searching from %s %s between %s and %s, to %s %%: at most %d probes for each deployment (1 + %d doublings or"
            + " halvings + %d bisections)",
        number(question.start()), unit(searched), number(question.lowest()), number(question.highest()),
        number(100 * question.resolution()), cost.probes(), cost.doublings(), cost.bisections()));
    lines.add(String.format(Locale.ROOT,
        "at most %d probes x %d segments x %,d requests x %d deployment%s = %,d requests%s; most loads are decided by one"
            + " segment",
        cost.probes(), question.segments(), question.requests(), deployments, deployments == 1 ? "" : "s",
        deployments * cost.requests(),
        time(searched, question, cost, deployments)));
    budget(searched.search()).ifPresent(lines::add);
    return lines;
  }

  private static String time(SearchedExperiment searched, Question question, Cost cost, int deployments) {
    if (cost.seconds().isEmpty()) {
      return ", as fast as the server answers";
    }
    Duration leadIn = searched.experiment().load().lead().in();
    Duration measured = Duration.ofMillis(Math.round(1e3 * cost.seconds().getAsDouble()));
    return String.format(Locale.ROOT,
        " and %s of load, were the answer close to %s (a segment takes %s%,d / rate s, and then up to %d s to drain)",
        DurationWords.of(measured.plus(leadIn.multipliedBy((long) cost.probes() * question.segments()))
            .multipliedBy(deployments)),
        number(question.lowest()), leadIn.isZero() ? "" : DurationWords.of(leadIn) + " of lead-in, ",
        question.requests(), searched.experiment().requests().drain().toSeconds());
  }

  private static Optional<String> budget(LoadSearch search) {
    var limits = new ArrayList<String>();
    search.mostRequests().ifPresent(most -> limits.add(String.format(Locale.ROOT, "%,d requests", most)));
    search.mostTime().ifPresent(most -> limits.add(DurationWords.of(most)));
    return limits.isEmpty()
        ? Optional.empty()
        : Optional.of("budget of each deployment: " + String.join(" and ", limits));
  }

  static String unit(SearchedExperiment searched) {
    return switch (searched.search().by()) {
      case RATE -> "req/s";
      case CONCURRENCY -> "users";
    };
  }

  private static String number(double value) {
    return SearchState.number(value);
  }
}
