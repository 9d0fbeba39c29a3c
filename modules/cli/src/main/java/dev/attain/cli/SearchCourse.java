package dev.attain.cli;

import dev.attain.cluster.PointSource;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.LoadSearch;
import dev.attain.experiment.Point;
import dev.attain.experiment.SearchedExperiment;
import dev.attain.results.Bundle;
import dev.attain.results.BundleException;
import dev.attain.results.BundleWriter;
import dev.attain.results.PointSummary;
import dev.attain.results.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A search of every deployment's highest load, from the start or from where another one was cut off. */
final class SearchCourse implements Course {
  private final SearchedExperiment searched;
  private final RateSearches searches;
  private final Optional<Path> resumed;

  private SearchCourse(SearchedExperiment searched, RateSearches searches, Optional<Path> resumed) {
    this.searched = searched;
    this.searches = searches;
    this.resumed = resumed;
  }

  static Course fresh(SearchedExperiment searched) {
    return new SearchCourse(searched, new RateSearches(searched), Optional.empty());
  }

  /**
   * Goes on in a bundle.
   *
   * @throws BundleException when it is not one of the same search, with one sentence
   */
  static Course resumed(SearchedExperiment searched, Path folder) throws BundleException {
    Bundle bundle = BundleWriter.resumable(folder, searched.experiment());
    var searches = new RateSearches(searched);
    Duration leadIn = searched.experiment().load().lead().in();
    searches.replay(bundle.summaries().stream().map(point -> MeasuredSegment.of(point, leadIn)).toList());
    return new SearchCourse(searched, searches, Optional.of(folder));
  }

  @Override
  public Progress greeted(Terminal terminal) {
    Experiment experiment = searched.experiment();
    Progress progress = new Progress(experiment, terminal,
        "searched for the highest " + (searched.search().by() == LoadSearch.By.RATE ? "rate" : "number of users"),
        TimeLeft.expecting(experiment, () -> Duration.ofMillis(Math.round(1e3 * searches.expectedSeconds()))),
        this::remark);
    CostWords.of(searched).forEach(progress::say);
    resumed.ifPresent(folder -> progress.say("going on in %s, where %d points are measured already".formatted(folder,
        searches.segments())));
    progress.greet();
    return progress;
  }

  private Optional<String> remark(Point point) {
    return Optional.of(point.deployment() + ": " + searches.state(point.deployment()).words(CostWords.unit(searched))
        + "; now " + point.load().label());
  }

  @Override
  public BundleWriter bundle(Path results, Experiment experiment, Provenance provenance) throws IOException {
    BundleWriter bundle = resumed.isPresent()
        ? BundleWriter.resume(resumed.get(), experiment)
        : BundleWriter.create(results, experiment, Instant.now(), provenance);
    bundle.recordFound(searches.found());
    return bundle;
  }

  @Override
  public PointSource points() {
    return searches;
  }

  @Override
  public void judged(PointSummary summary, BundleWriter bundle) throws IOException {
    searches.measured(MeasuredSegment.of(summary, searched.experiment().load().lead().in()));
    bundle.recordFound(searches.found());
  }

  @Override
  public void over(BundleWriter bundle) throws IOException {
    bundle.recordFound(searches.found());
  }

  /** A segment that was INVALID and was measured once more leaves nothing to be desired. */
  @Override
  public boolean valid(BundleKeeper keeper) {
    return searches.everyoneAnswered();
  }
}
