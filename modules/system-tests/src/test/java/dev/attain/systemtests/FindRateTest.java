package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The highest rate of real processes, found by a search that is cut off and goes on. */
@StartsProcesses
@Tag("long")
class FindRateTest {
  private static final Duration GONE = Duration.ofSeconds(20);
  /** One user's worth of engine: a handful of requests a second is more than it can do. */
  private static final String SEARCH = """
    deployments = [{ name = colocated, kind = colocated, engine.options { max-num-seqs = 1 } }]
    workload { prompt-tokens = 64, output-tokens = 64 }
    engine.options.sim-host-ms = 2
    find-rate { start = 10, lowest = 5, highest = 40, requests = 60, segments = 1, resolution = 20 }
    """;

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource({"KILL, 137", "INT, 130"})
  void aSearchThatWasCutOffGoesOnAndMeasuresNothingAgain(String signal, int exitCode) {
    Path conf = Experiments.write(folder, "search", SEARCH);
    try (AttainProcess attain = AttainProcess.start(folder, "find-rate", conf.toString())) {
      attain.awaitLine("probe 3 of at most");
      attain.signal(signal);
      assertThat(attain.awaitEnd(GONE).exitCode()).isEqualTo(exitCode);
      attain.marked().requireNoneWithin(GONE);
    }
    Path bundle = RunBundle.below(folder.resolve("results")).orElseThrow();
    Map<Path, String> before = finishedPoints(bundle);
    assertThat(before).hasSizeBetween(2, 3);
    assertThat(RunBundle.json(bundle.resolve("manifest.json")).get("complete").asBoolean()).isFalse();

    AttainProcess.Ended ended = AttainProcess.run(folder, "find-rate", conf.toString(), "--resume", bundle.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    RunBundle resumed = ended.bundle();
    assertThat(resumed.folder().toAbsolutePath()).isEqualTo(bundle.toAbsolutePath());
    assertThat(resumed.complete()).isTrue();
    // The point that was interrupted is measured again, those before it are not.
    Map<Path, String> after = finishedPoints(bundle);
    before.entrySet().stream().limit(2).forEach(point -> assertThat(after).contains(point));
    JsonNode found = RunBundle.json(bundle.resolve("find-rate.json")).at("/deployments/0");
    assertThat(found.get("end").asText()).isEqualTo("completed");
    assertThat(found.get("answer").asText()).isEqualTo("at");
    assertThat(found.get("load").asDouble()).isBetween(5.0, 40.0);
    assertThat(found.get("probes").size()).isEqualTo(resumed.summaries().size());
    assertThat(ended.out()).contains("colocated sustains ").contains("per GPU) at 90 % within TTFT 500 ms");
  }

  @Test
  void aSearchIsAGateByWhatItAsserts() {
    Path conf = Experiments.write(folder, "search", SEARCH);
    AttainProcess.Ended ended = AttainProcess.run(folder, "find-rate", conf.toString(), "--allow-undecided",
        "-D", "find-rate.start=40", "-D", "find-rate.budget.requests=60",
        "-D", "assert=[\"colocated.max-rate >= 40\", \"colocated.max-rate >= 20\"]");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
    assertThat(ended.out()).contains("assertion FAILS: colocated.max-rate >= 40 (less than 40 req/s)",
        "assertion UNDECIDED: colocated.max-rate >= 20 (less than 40 req/s)");
    assertThat(ended.bundle().manifest().at("/assertions/0/outcome").asText()).isEqualTo("FAILS");
  }

  @Test
  void aSearchOfAnotherConfigurationIsRefusedByName() {
    Path conf = Experiments.write(folder, "search", SEARCH);
    AttainProcess.Ended first = AttainProcess.run(folder, "find-rate", conf.toString(), "-D",
        "find-rate.budget.requests=60");
    String bundle = first.bundle().folder().toString();

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("the search ended early: a further segment would be more than its budget allows");
    refused("is complete; there is nothing to go on with", conf, "--resume", bundle, "-D",
        "find-rate.budget.requests=60");
    refused("there is no such file", folder.resolve("none.conf"));
    refused("find-rate.start: is missing; write for example start = 8",
        Experiments.write(folder, "nothing", SEARCH.replace("find-rate {", "plan {}\n# {")));
  }

  private void refused(String sentence, Path conf, String... more) {
    String[] arguments = Stream.concat(Stream.of("find-rate", conf.toString()), Stream.of(more)).toArray(String[]::new);
    AttainProcess.Ended ended = AttainProcess.run(folder, arguments);

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err().lines()).singleElement().asString().startsWith("attain: ").contains(sentence);
  }

  /** Requests of the finished points by their files, in the order in which they were finished. */
  private static Map<Path, String> finishedPoints(Path bundle) {
    var points = new LinkedHashMap<Path, String>();
    for (JsonNode point : RunBundle.json(bundle.resolve("manifest.json")).get("points")) {
      Path file = bundle.resolve(point.get("path").asText()).resolve("requests.jsonl.gz");
      if (point.get("state").asText().equals("FINISHED")) {
        points.put(file, content(file));
      }
    }
    return points;
  }

  private static String content(Path file) {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
