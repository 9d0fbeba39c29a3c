package dev.attain.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.attain.schedule.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindRateTest {
  private static final String MINIMAL = """
    slo { ttft = 500 ms, tpot = 30 ms }
    model.name = llama-3.1-8b
    deployments = [
      { name = colocated, kind = colocated, replicas = 3 }
      { name = disaggregated, kind = disaggregated, prefill.instances = 1, decode.instances = 2 }
    ]
    find-rate.start = 8
    """;

  @TempDir
  private Path folder;

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve("x.conf"), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private SearchedExperiment read(String more) throws ConfigurationException {
    return ExperimentReader.readSearch(file(MINIMAL + more), Map.of(), Map.of());
  }

  private List<String> problems(String text) {
    var thrown = catchThrowableOfType(ConfigurationException.class,
        () -> ExperimentReader.readSearch(file(text), Map.of(), Map.of()));
    return thrown.problems().stream().map(problem -> problem.replace(folder + "/", "")).toList();
  }

  @Test
  void aStartIsEnough() throws Exception {
    assertThat(read("").search()).isEqualTo(new LoadSearch(LoadSearch.By.RATE, 8, 0.5, 128, 0.05, 3000, 8,
        OptionalInt.empty(), Optional.empty()));
    assertThat(read("").experiment().load().loop().loads()).isEmpty();
    assertThat(read("").experiment().load().extent()).as("1000 for each of three").isEqualTo(new Extent.Requests(3000));
  }

  @Test
  void everyKeyCounts() throws Exception {
    assertThat(read("""
      find-rate { lowest = 2, highest = 20, resolution = 2 %, requests = 500, segments = 3
        budget { requests = 9000, time = 20 min } }
      """).search()).isEqualTo(new LoadSearch(LoadSearch.By.RATE, 8, 2, 20, 0.02, 500, 3, OptionalInt.of(9000),
        Optional.of(Duration.ofMinutes(20))));
  }

  @Test
  void usersAreSearchedInAClosedLoop() throws Exception {
    var searched = read("find-rate.by = concurrency\nload.users.think-time = 1 s");
    assertThat(searched.experiment().load().loop()).isInstanceOf(Loop.Closed.class);
    assertThat(searched.search().lowest()).isEqualTo(1);
    assertThat(searched.search().load(12)).isEqualTo(new Load.Concurrency(12));
  }

  @Test
  void aRunsFileServesBothAndItsPointsTakeNoPart() throws Exception {
    var searched = read("load { rates = [8, 16], duration = 20 s, repeats = 2, max-in-flight = 50 }");
    assertThat(searched.experiment().load().repeats()).isEqualTo(1);
    assertThat(((Loop.Open) searched.experiment().load().loop()).maxInFlight()).hasValue(50);
    assertThat(searched.experiment().resolved().json()).contains("max-in-flight", "find-rate")
        .doesNotContain("\"rates\"", "\"20 s\"", "repeats");

    var run = Sample.minimalAnd(folder, "find-rate.start = 8").read();
    assertThat(run.load().rates()).containsExactly(8.0, 16.0);
    assertThat(run.resolved().json()).doesNotContain("find-rate");
  }

  @Test
  void aRunOfAFileThatOnlySearchesNamesTheCommand() {
    var file = file(MINIMAL);
    var thrown = catchThrowableOfType(ConfigurationException.class,
        () -> ExperimentReader.read(file, Map.of(), Map.of()));
    assertThat(thrown.problems()).singleElement().asString().contains("load.rates: is missing")
        .contains("attain find-rate");
    assertThat(ExperimentReader.onlySearches(file, Map.of(), Map.of())).isTrue();
    assertThat(ExperimentReader.onlySearches(file, Map.of("load.rates", "8"), Map.of())).isFalse();
    assertThat(ExperimentReader.searches(file, Map.of("load.rates", "8"), Map.of())).isTrue();
    assertThat(ExperimentReader.onlySearches(folder.resolve("none.conf"), Map.of(), Map.of())).isFalse();
  }

  @Test
  void segmentsHaveSeedsOfTheirOwnAndTheSameAtEveryLoad() throws Exception {
    var searched = read("seed = 7");
    var deployment = searched.experiment().deployments().getFirst();
    assertThat(searched.point(deployment, 9.514, 2))
        .isEqualTo(new Point("colocated", new Load.Rate(9.514), 2, 8));
    assertThat(searched.point(deployment, 9.514, 2).id()).isEqualTo("colocated-9.514qps-2");
  }

  @Test
  void theStartIsRequired() {
    assertThat(problems(MINIMAL.replace("find-rate.start = 8", ""))).singleElement().asString()
        .startsWith("x.conf: find-rate.start: is missing; write for example start = 8");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "find-rate.lowest = 9      | find-rate.lowest: 9 is above find-rate.start = 8.0",
      "find-rate.highest = 7     | find-rate.highest: 7 is below find-rate.start = 8.0",
      "find-rate.start = -1      | find-rate.start: -1 is not above 0",
      "find-rate.resolution = 60 | find-rate.resolution: 60 is not from 0.2 to 50 percent",
      "find-rate.segments = 0    | find-rate.segments: 0 is below 1",
      "find-rate.requests = 0    | find-rate.requests: 0 is below 1",
      "find-rate.by = users      | find-rate.by: users is not known here; the nearest is",
      "find-rate.budget.time = 5 | find-rate.budget.time: 5 has no unit",
      "find-rate.budget.requests = 5 | find-rate.budget.requests: 5 is less than one segment of 3000 requests",
      "find-rate.begin = 5       | find-rate.begin: is no known key; the nearest is",
      "load.rate = 5             | load.rate: is no known key; the nearest is load.rates",
      "load.users.ramp = 1 s     | load.users: has no effect where find-rate looks for a rate; leave it out"})
  void whatIsWrongIsNamedWithItsLine(String line, String sentence) {
    assertThat(problems(MINIMAL + line)).singleElement().asString().startsWith("x.conf:8: " + sentence);
  }

  @Test
  void theAnswerMayBeAsserted() throws Exception {
    var searched = read("assert = [\"colocated.max-rate >= 8\", \"disaggregated.max-rate-per-gpu >= 2.5\"]");
    assertThat(searched.experiment().assertions()).extracting(Assertion::quantity, Assertion::bound)
        .containsExactly(tuple(Assertion.Quantity.MAX_RATE, 8.0), tuple(Assertion.Quantity.MAX_RATE_PER_GPU, 2.5));
    assertThat(searched.experiment().resolved().json()).contains("colocated.max-rate >= 8");
  }

  @Test
  void whatASearchCannotTellIsNotAsserted() {
    assertThat(problems(MINIMAL + "assert = [\"colocated.ttft-p99 at 8 <= 400 ms\", \"colocated.goodput >= 8\"]"))
        .containsExactly(
            "x.conf:8: assert: colocated.ttft-p99 at 8 <= 400 ms is about one load, and attain find-rate chooses"
                + " its loads itself; write for example colocated.max-rate >= 8, or leave it out",
            "x.conf:8: assert: colocated.goodput >= 8 is about one load, and attain find-rate chooses"
                + " its loads itself; write for example colocated.max-rate >= 8, or leave it out");
    assertThat(problems(MINIMAL + "find-rate.by = concurrency\nassert = [\"colocated.max-rate >= 8\"]")).singleElement()
        .isEqualTo(
            "x.conf:9: assert: colocated.max-rate >= 8 cannot be judged by find-rate.by = concurrency, whose answer"
                + " is a number of users; leave it out");
  }

  @Test
  void usersAreWholeAndFitIntoTheLoadNodes() {
    assertThat(problems(MINIMAL + "find-rate { by = concurrency, start = 2.5 }")).singleElement().asString()
        .contains("2.5 is not a whole number");
    assertThat(problems(MINIMAL + "find-rate { by = concurrency, highest = 100 }\nrequests.hard-stop-in-flight = 50"))
        .singleElement().asString().contains("find-rate.highest: 100 gives a load node 100 requests at a time");
  }
}
