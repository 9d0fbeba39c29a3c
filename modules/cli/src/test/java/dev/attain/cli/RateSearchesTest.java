package dev.attain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.experiment.Deployment;
import dev.attain.experiment.ExperimentReader;
import dev.attain.experiment.Load;
import dev.attain.experiment.Point;
import dev.attain.experiment.SearchedExperiment;
import dev.attain.results.FoundLoad;
import dev.attain.search.Segment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateSearchesTest {
  @TempDir
  private Path folder;

  private SearchedExperiment searched;
  private Deployment first;
  private Deployment second;

  @BeforeEach
  void read() throws Exception {
    Path file = Files.writeString(folder.resolve("x.conf"), """
      slo { ttft = 500 ms, tpot = 30 ms }
      model.name = llama-3.1-8b
      deployments = [{ name = one, kind = colocated }, { name = two, kind = colocated, replicas = 2 }]
      find-rate { start = 8, requests = 1000, segments = 2 }
      """);
    searched = ExperimentReader.readSearch(file, Map.of(), Map.of());
    first = searched.experiment().deployments().getFirst();
    second = searched.experiment().deployments().getLast();
  }

  /** Measures until the search has ended; all requests meet the objectives up to the knee. */
  private static List<MeasuredSegment> measureAll(RateSearches searches, Deployment deployment, double knee) {
    var measured = new ArrayList<MeasuredSegment>();
    while (searches.next(deployment).isPresent()) {
      Point point = searches.next(deployment).get();
      measured.add(measured(point, rate(point) <= knee ? 1 : 0.5, Optional.empty()));
      searches.measured(measured.getLast());
    }
    return measured;
  }

  private static MeasuredSegment measured(Point point, double share, Optional<String> invalid) {
    return new MeasuredSegment(point.deployment(),
        new Segment(rate(point), point.repeat(), share, 1000, 1000, false, invalid, 1000 / rate(point)));
  }

  private static double rate(Point point) {
    return ((Load.Rate) point.load()).perSecond();
  }

  @Test
  void everyDeploymentHasASearchOfItsOwn() {
    var searches = new RateSearches(searched);
    measureAll(searches, first, 20);
    assertThat(searches.finished(first)).isTrue();
    assertThat(searches.finished(second)).isFalse();
    assertThat(searches.everyoneAnswered()).isFalse();
    measureAll(searches, second, 44);

    assertThat(searches.everyoneAnswered()).isTrue();
    List<FoundLoad> found = searches.found().deployments();
    assertThat(found).extracting(FoundLoad::answer).containsOnly(FoundLoad.Answer.AT);
    assertThat(found.getFirst().load().orElseThrow()).isBetween(19.0, 21.0);
    assertThat(found.getLast().perGpu().orElseThrow().load()).isBetween(20.9, 23.1);
    assertThat(found).allSatisfy(each -> assertThat(each.end()).isEqualTo(FoundLoad.End.COMPLETED));
  }

  @Test
  void aReplayMeasuresNothingAgain() {
    var measured = measureAll(new RateSearches(searched), first, 20);
    var half = measured.subList(0, measured.size() / 2);

    var resumed = new RateSearches(searched);
    resumed.replay(half);
    assertThat(resumed.segments()).isEqualTo(half.size());
    assertThat(measureAll(resumed, first, 20)).isEqualTo(measured.subList(half.size(), measured.size()));
  }

  @Test
  void aReplayForgetsTheSegmentThatWasCutOff() {
    var good = measured(searched.point(first, 8, 1), 1, Optional.empty());
    var cutOff = measured(searched.point(first, 16, 1), 0.2, Optional.of("the run was interrupted"));

    var resumed = new RateSearches(searched);
    resumed.replay(List.of(good, cutOff));
    assertThat(resumed.next(first)).contains(searched.point(first, 16, 1));
  }

  @Test
  void whatIsGivenUpIsStoppedAndNamesWhy() {
    var searches = new RateSearches(searched);
    measureAll(searches, first, 20);
    searches.measured(measured(searched.point(second, 8, 1), 1, Optional.empty()));

    assertThat(searches.giveUp(first, "the run ended before it")).as("nothing is left of it").isEmpty();
    assertThat(searches.giveUp(second, "two-0 died")).extracting(Point::id).containsExactly("two-16qps-1");
    assertThat(searches.finished(second)).isTrue();
    FoundLoad found = searches.found().deployments().getLast();
    assertThat(found.end()).isEqualTo(FoundLoad.End.STOPPED);
    assertThat(found.reason()).isEqualTo("two-0 died");
    assertThat(found.answer()).isEqualTo(FoundLoad.Answer.AT_LEAST);
    assertThat(searches.everyoneAnswered()).isFalse();
  }

  @Test
  void whatStillRunsSaysSo() {
    var searches = new RateSearches(searched);
    assertThat(searches.found().deployments()).extracting(FoundLoad::end).containsOnly(FoundLoad.End.RUNNING);
    assertThat(searches.state("one").words("req/s")).isEqualTo(
        "probe 1 of at most 9, segment 1 of at most 2, nothing known yet");
    searches.measured(measured(searched.point(first, 8, 1), 0.91, Optional.empty()));
    assertThat(searches.state("one").words("req/s")).isEqualTo(
        "probe 1 of at most 9, segment 2 of at most 2, above 8 req/s");
  }

  @Test
  void theCostIsSaidBeforeAnythingStarts() {
    assertThat(CostWords.of(searched)).hasSize(2).first().asString().contains(
        "between 0.5 and 128, to 5 %: at most 9 probes for each deployment (1 + 4 doublings or halvings + 4 bisections)");
    assertThat(CostWords.of(searched).getLast())
        .contains("at most 9 probes x 2 segments x 1,000 requests x 2 deployments = 36,000 requests and 13 h");
  }
}
