package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.attain.measurement.Outcome;
import dev.attain.measurement.Verdict;
import dev.attain.results.PointSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that fails some of its requests and says which: a run counts exactly those as misses. */
@StartsProcesses
@Tag("long")
class FaultyEngineTest {
  private static final int REQUESTS = 200;

  @TempDir
  static Path folder;

  private static AttainProcess.Ended ended;
  private static PointSummary summary;
  private static List<JsonNode> truth;

  @BeforeAll
  static void measure() throws IOException {
    Path file = folder.resolve("truth.jsonl");
    Path conf = Experiments.write(folder, "faulty", """
      deployments = [{ name = colocated, kind = colocated, replicas = 1 }]
      load { rates = 40, duration = null, requests = %d }
      # Of no interest here: only failures are to be misses.
      slo { ttft = 60 s, tpot = 60 s }
      engine.extra-arguments = [--truth, "%s", --sim-fault, "http-500:rate=0.05", --sim-fault,
        "cut:rate=0.05,after=3", --sim-fault, "error-event:rate=0.05,after=5", --sim-fault, "missing-token:rate=0.05"]
      """.formatted(REQUESTS, file));
    ended = AttainProcess.run(folder, "run", conf.toString());
    summary = ended.bundle().onlySummary();
    truth = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode request = new ObjectMapper().readTree(line);
      if (!request.get("id").asText().startsWith("warm-up")) {
        truth.add(request);
      }
    }
  }

  @Test
  void theMeasurementIsValidAndEveryRequestReachedTheEngine() {
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(summary.verdict()).isNotEqualTo(Verdict.INVALID);
    assertThat(summary.planned()).isEqualTo(REQUESTS);
    assertThat(truth).hasSize(REQUESTS);
  }

  @Test
  void exactlyTheRequestsThatTheEngineFailedAreMisses() {
    long struck = truth.stream().filter(request -> !request.get("faults").isEmpty()).count();

    assertThat(struck).isPositive();
    assertThat(summary.failed()).isEqualTo(struck);
    assertThat(summary.completed()).isEqualTo(REQUESTS - struck);
    assertThat(summary.attainment().both()).isEqualTo((REQUESTS - struck) / (double) REQUESTS);
    assertThat(summary.conserved()).isTrue();
  }

  @Test
  void theyAreTheSameRequestsOneByOneAndForTheSameReason() {
    assertThat(failed("HTTP 500")).isNotEmpty().isEqualTo(struck("http-500"));
    assertThat(failed("error event")).isNotEmpty().isEqualTo(struck("error-event"));
    assertThat(failed("tokens expected")).isNotEmpty().isEqualTo(struck("missing-token"));
    assertThat(failed("after 3 of 16 tokens")).isNotEmpty().isEqualTo(struck("cut"));
  }

  /** Their numbers in the schedule, in order. */
  private static List<Integer> failed(String reason) {
    return ended.bundle().records("colocated").stream().map(line -> line.record())
        .filter(record -> record.outcome() == Outcome.FAILED && record.reason().contains(reason))
        .map(record -> record.index()).sorted().toList();
  }

  private static List<Integer> struck(String fault) {
    return truth.stream().filter(request -> request.get("faults").toString().contains('"' + fault + '"'))
        .map(request -> request.get("id").asText()).map(id -> Integer.parseInt(id.substring(id.lastIndexOf('-') + 1)))
        .sorted().toList();
  }
}
