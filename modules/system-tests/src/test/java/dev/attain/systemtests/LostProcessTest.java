package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.measurement.Verdict;
import dev.attain.results.NodeSummary;
import dev.attain.results.PointState;
import dev.attain.results.PointSummary;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Something dies in the middle of a point: the run ends by itself, says what happened, and leaves nothing behind. */
@StartsProcesses
class LostProcessTest {
  /** When its coordinator is gone or told to end, nothing of a run may live longer. */
  private static final Duration GONE = Duration.ofSeconds(30);
  /** So many requests have been measured when something is killed. */
  private static final int ENOUGH = 40;
  private static final String LONG_POINT = "load { rates = 40, duration = 6 s }\n";
  private static final String ENDLESS_POINT = "load { rates = 40, duration = 120 s }\n";
  private static final String ENGINES = "deployments = [{ name = colocated, kind = colocated, replicas = 2 }]\n";

  @TempDir
  Path folder;

  @Test
  @Tag("long")
  void shareOfALoadNodeThatDiesCountsAsLost() {
    try (FakeServer server = FakeServer.start(Answer.good())) {
      Path conf = Experiments.write(folder, "node", external(server.uri()) + LONG_POINT + "nodes.load = 2\n");
      try (AttainProcess attain = AttainProcess.start(folder, "run", conf.toString())) {
        attain.until("requests are being measured", () -> server.requests() > ENOUGH);
        AttainProcess.signal(processOf("load-2"), "KILL");

        AttainProcess.Ended ended = attain.awaitEnd(AttainProcess.PATIENCE);
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
        attain.marked().requireNoneWithin(GONE);
        assertThat(ended.err()).contains("load-2 was lost").doesNotContain("\tat ");
        PointSummary summary = ended.bundle().onlySummary();
        assertThat(summary.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(summary.reasons()).anyMatch(reason -> reason.contains("load-2"));
        assertThat(summary.conserved()).isTrue();
        assertThat(summary.lost()).isPositive().isEqualTo(node(summary, "load-2").lost());
        assertThat(node(summary, "load-2").completed()).as("what it had reported stands").isPositive();
        assertThat(node(summary, "load-1").completed()).as("the other node sends its whole share")
            .isEqualTo(node(summary, "load-1").planned());
      }
    }
  }

  @Test
  void engineThatDiesMakesThePointInvalidAndIsNamedWithTheEndOfItsLog() {
    Path conf = Experiments.write(folder, "engine", ENGINES + LONG_POINT);
    try (AttainProcess attain = AttainProcess.start(folder, "run", conf.toString())) {
      awaitRecords(attain);
      MarkedProcesses.Marked engine = attain.marked().living("simulate-engine").getFirst();
      String port = engine.commandLine().replaceFirst(".* --port (\\d+).*", "$1");
      String name = nameOfEngineOn(port);
      AttainProcess.signal(engine.pid(), "KILL");

      AttainProcess.Ended ended = attain.awaitEnd(AttainProcess.PATIENCE);
      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
      attain.marked().requireNoneWithin(GONE);
      assertThat(ended.err()).contains(name).doesNotContain("\tat ");
      PointSummary summary = ended.bundle().onlySummary();
      assertThat(summary.verdict()).isEqualTo(Verdict.INVALID);
      assertThat(summary.reasons()).anySatisfy(reason -> assertThat(reason)
          .contains("engine " + name, "signal 9", "last lines of its log"));
      assertThat(summary.conserved()).isTrue();
      assertThat(summary.failed()).isPositive();
      assertThat(summary.completed()).isPositive();
      assertThat(ended.bundle().folder().resolve("report.html")).exists();
    }
  }

  @Test
  void nothingOutlivesACoordinatorThatIsKilled() {
    Path conf = Experiments.write(folder, "killed", ENGINES + ENDLESS_POINT);
    try (AttainProcess attain = AttainProcess.start(folder, "run", conf.toString())) {
      awaitRecords(attain);
      assertThat(attain.marked().living("simulate-engine")).hasSize(2);
      attain.signal("KILL");

      attain.awaitEnd(GONE);
      attain.marked().requireNoneWithin(GONE);
      RunBundle bundle = RunBundle.open(bundleFolder().orElseThrow());
      assertThat(bundle.complete()).isFalse();
      assertThat(bundle.entry("colocated").state()).isEqualTo(PointState.RUNNING);
      assertThat(bundle.records("colocated")).as("what had arrived can be read").hasSizeGreaterThan(ENOUGH / 2);
    }
  }

  @Test
  void interruptKeepsWhatWasMeasuredAndStopsEverything() {
    Path conf = Experiments.write(folder, "interrupted", ENGINES + ENDLESS_POINT);
    try (AttainProcess attain = AttainProcess.start(folder, "run", conf.toString())) {
      awaitRecords(attain);
      attain.signal("INT");

      AttainProcess.Ended ended = attain.awaitEnd(GONE);
      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(130);
      attain.marked().requireNoneWithin(GONE);
      assertThat(ended.err()).contains("interrupted").doesNotContain("\tat ");
      RunBundle bundle = ended.bundle();
      assertThat(bundle.complete()).isFalse();
      assertThat(bundle.manifest().get("incompleteReason").asText()).contains("interrupted");
      PointSummary summary = bundle.onlySummary();
      assertThat(summary.verdict()).isEqualTo(Verdict.INVALID);
      assertThat(summary.conserved()).isTrue();
      assertThat(summary.completed()).isGreaterThan(ENOUGH / 2);
      assertThat(summary.unsent()).isPositive();
    }
  }

  @Test
  @Tag("long")
  void interruptOfARunThatWaitsForItsNodesIsHeard() {
    Path conf = Experiments.write(folder, "waiting", ENGINES + "nodes.spawn-locally = false\n");
    try (AttainProcess attain = AttainProcess.start(folder, "run", conf.toString())) {
      attain.awaitLine("attain node --role load --join 127.0.0.1:\\d+");
      attain.signal("INT");

      AttainProcess.Ended ended = attain.awaitEnd(GONE);
      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(130);
      attain.marked().requireNoneWithin(GONE);
      assertThat(ended.err()).doesNotContain("\tat ");
      assertThat(ended.bundle().complete()).isFalse();
    }
  }

  private static String external(URI server) {
    return Experiments.external(Map.of("known", server)) + "model.name = known-model\n";
  }

  private static NodeSummary node(PointSummary summary, String id) {
    return summary.nodes().stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
  }

  private Optional<Path> bundleFolder() {
    return RunBundle.below(folder.resolve("results"));
  }

  /** Read while the run goes on: the manifest is always whole. */
  private JsonNode manifest() {
    return RunBundle.json(bundleFolder().orElseThrow().resolve("manifest.json"));
  }

  private long processOf(String node) {
    for (JsonNode facts : manifest().get("nodes")) {
      if (facts.get("id").asText().equals(node)) {
        return facts.get("processId").asLong();
      }
    }
    throw new AssertionError("no node " + node + " in " + manifest().get("nodes"));
  }

  private String nameOfEngineOn(String port) {
    for (JsonNode engine : manifest().get("engines")) {
      if (engine.get("command").toString().contains("\"--port\",\"" + port + "\"")) {
        return engine.get("instance").asText();
      }
    }
    throw new AssertionError("no engine on port " + port + " in " + manifest().get("engines"));
  }

  /** Waits until the records of the only point come in. */
  private void awaitRecords(AttainProcess attain) {
    attain.until("records are being written", () -> bundleFolder()
        .map(bundle -> bundle.resolve("points")).filter(Files::isDirectory)
        .filter(points -> RunBundle.open(points.getParent()).records("colocated").size() > ENOUGH).isPresent());
  }
}
