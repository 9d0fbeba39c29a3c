package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.engines.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes started by hand, as on other machines, serve one run after the other. */
@StartsProcesses
@Tag("long")
class HandStartedNodesTest {
  private static final Duration GONE = Duration.ofSeconds(30);

  @TempDir
  Path folder;

  @Test
  void nodesStartedByHandServeRunAfterRunAlsoWhenACoordinatorDies() throws IOException {
    int port = Ports.free("127.0.0.1");
    Path conf = Experiments.write(folder, "hand", """
      nodes { load = 2, spawn-locally = false, port = %d }
      load { rates = 20, duration = 1 s }
      deployments = [{ name = colocated, kind = colocated, replicas = 3 }]
      deadlines.lease = 5 s
      """.formatted(port));
    String[] node = {"node", "--role", "load,engine", "--join", "127.0.0.1:" + port};
    try (AttainProcess first = AttainProcess.start(folder, node);
        AttainProcess second = AttainProcess.start(folder, node)) {
      List<AttainProcess> nodes = List.of(first, second);
      assertRunSucceedsOn(nodes, conf);
      killCoordinatorInTheMiddle(nodes, conf);
      assertRunSucceedsOn(nodes, conf);

      for (AttainProcess started : nodes) {
        started.signal("TERM");
        assertThat(started.awaitEnd(AttainProcess.PATIENCE).out()).contains(
            "joining 127.0.0.1:" + port + " as load,engine");
        started.marked().requireNoneWithin(GONE);
      }
    }
  }

  private void assertRunSucceedsOn(List<AttainProcess> nodes, Path conf) {
    AttainProcess.Ended ended = AttainProcess.run(folder, "run", conf.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.bundle().onlySummary().nodes()).hasSize(2).allMatch(share -> share.completed() > 0);
    assertThat(engineNodes(ended.bundle())).as("every engine ran on a node of its own").hasSize(3);
    assertNodesStayWithoutEngines(nodes);
  }

  private void killCoordinatorInTheMiddle(List<AttainProcess> nodes, Path conf) {
    try (AttainProcess attain = AttainProcess.start(folder, "run", conf.toString(), "-D", "load.duration=2min")) {
      attain.awaitLine("colocated-20qps-1  sent");
      assertThat(nodes).allSatisfy(node -> assertThat(node.marked().living("simulate-engine")).hasSize(1));
      attain.signal("KILL");
      attain.marked().requireNoneWithin(GONE);
    }
    assertNodesStayWithoutEngines(nodes);
  }

  private static void assertNodesStayWithoutEngines(List<AttainProcess> nodes) {
    assertThat(nodes).allSatisfy(node -> {
      Eventually.holds("engines of nodes are gone", GONE, () -> node.marked().living("simulate-engine").isEmpty());
      assertThat(node.alive()).isTrue();
    });
  }

  private static Set<String> engineNodes(RunBundle bundle) {
    Set<String> nodes = new HashSet<>();
    bundle.manifest().get("engines").forEach(engine -> nodes.add(engine.get("node").asText()));
    return nodes;
  }
}
