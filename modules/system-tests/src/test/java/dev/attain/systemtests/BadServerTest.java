package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.measurement.Verdict;
import dev.attain.results.PointSummary;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that does everything wrong in turn: the measurement is good, and says how bad the server is. */
@StartsProcesses
@Tag("long")
class BadServerTest {
  private static final List<Answer> ANSWERS = List.of(Answer.good(), Answer.status500(), Answer.silence(),
      Answer.hangingUpInTheMiddle(), Answer.errorEventAfter200(), Answer.endingWithoutDone(), Answer.neverDone());
  private static final int ROUNDS = 6;
  private static final int WARM_UP_REQUESTS = 2;

  @TempDir
  static Path folder;

  private static AttainProcess.Ended ended;
  private static PointSummary summary;

  @BeforeAll
  static void measure() {
    try (FakeServer server = FakeServer.start(number -> number < WARM_UP_REQUESTS
        ? Answer.good()
        : ANSWERS.get((number - WARM_UP_REQUESTS) % ANSWERS.size()))) {
      Path conf = Experiments.write(folder, "bad", Experiments.external(Map.of("bad", server.uri())) + """
        model.name = known-model
        load { rates = 40, duration = null, requests = %d }
        requests { first-byte-timeout = 2 s, total-timeout = 3 s }
        """.formatted(ROUNDS * ANSWERS.size()));
      ended = AttainProcess.run(folder, "run", conf.toString());
    }
    summary = ended.bundle().onlySummary();
  }

  @Test
  void runEndsByItselfWithAValidMeasurement() {
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.bundle().complete()).isTrue();
    assertThat(summary.verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void everyKindOfFailureIsCounted() {
    assertThat(summary.planned()).isEqualTo(7 * ROUNDS);
    assertThat(summary.completed()).isEqualTo(ROUNDS);
    assertThat(summary.failed()).as("500, hung up, error event, no [DONE]").isEqualTo(4 * ROUNDS);
    assertThat(summary.timedOut()).as("silence, and no end").isEqualTo(2 * ROUNDS);
    assertThat(summary.conserved()).isTrue();
  }

  @Test
  void failuresAreMissesOfTheObjectives() {
    assertThat(summary.attainment().both()).isEqualTo(1.0 / 7);
    assertThat(summary.ttft().count()).as("latencies are those of completed requests").isEqualTo(ROUNDS);
  }

  @Test
  void summarySaysWhatWentWrongAndHowOften() {
    Map<String, Integer> failures = new LinkedHashMap<>();
    JsonNode json = RunBundle.json(ended.bundle().folder().resolve("points").resolve(summary.point())
        .resolve("summary.json"));
    json.get("failures").forEach(it -> failures.put(it.get("reason").asText(), it.get("count").asInt()));

    assertThat(failures).hasSize(6).allSatisfy((reason, count) -> assertThat(count).as(reason).isEqualTo(ROUNDS));
    assertThat(failures.keySet())
        .anyMatch(reason -> reason.startsWith("FAILED: HTTP 500") && reason.contains("out of luck"))
        .anyMatch(reason -> reason.startsWith("FAILED: ") && reason.contains("engine is dead"))
        .anyMatch(reason -> reason.startsWith("FAILED: ") && reason.contains("[DONE]"))
        .anyMatch(reason -> reason.startsWith("FAILED: ") && reason.contains("closed"))
        .anyMatch(reason -> reason.startsWith("TIMED_OUT: ") && reason.contains("first byte"))
        .anyMatch(reason -> reason.startsWith("TIMED_OUT: ") && reason.contains("after 16 of 16 tokens"));
  }
}
