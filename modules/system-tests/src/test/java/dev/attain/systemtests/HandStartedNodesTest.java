package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.engines.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nodes started by hand, as on other machines, serve one run after the other. */
@EnabledOnOs(OS.LINUX)
class HandStartedNodesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir
  Path folder;

  @Test
  void nodesStartedByHandServeRunAfterRun() throws IOException {
    int port = Ports.free("127.0.0.1");
    Path conf = Experiments.write(folder, "hand", """
      nodes { load = 2, spawn-locally = false, port = %d }
      load { rates = 20, duration = 1 s }
      deployments = [{ name = colocated, kind = colocated, replicas = 2 }]
      """.formatted(port));
    String[] node = {"node", "--role", "load,engine", "--join", "127.0.0.1:" + port};
    try (AttainProcess first = AttainProcess.start(folder, node);
        AttainProcess second = AttainProcess.start(folder, node)) {
      for (int run = 1; run <= 2; run++) {
        AttainProcess.Ended ended = AttainProcess.run(folder, PATIENCE, "run", conf.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.bundle().onlySummary().nodes()).hasSize(2).allMatch(share -> share.completed() > 0);
        assertThat(List.of(first, second)).as("the nodes stay, their engines do not").allSatisfy(started -> {
          assertThat(started.alive()).isTrue();
          Eventually.holds("engines of nodes are gone", Duration.ofSeconds(10),
              () -> started.marked().living("simulate-engine").isEmpty());
        });
        assertThat(ended.bundle().manifest().get("engines")).as("one of the engines ran on a node").anySatisfy(
            engine -> assertThat(engine.get("node").asText()).doesNotContain(":" + port));
      }
      for (AttainProcess started : List.of(first, second)) {
        started.signal("TERM");
        assertThat(started.awaitEnd(PATIENCE).out()).contains("joining 127.0.0.1:" + port + " as load,engine");
        started.marked().requireNoneWithin(Duration.ofSeconds(10));
      }
    }
  }
}
