package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes or engines do not come up: the run says who and why, ends with 4, and leaves a bundle that says the same. */
@StartsProcesses
class CouldNotStartTest {
  @TempDir
  Path folder;

  @Test
  void engineThatExitsAtItsStartIsShownWithTheEndOfItsLog() {
    Path conf = Experiments.write(folder, "engine", """
      deployments = [{ name = colocated, kind = colocated }]
      engine.extra-arguments = ["--no-such-flag"]
      """);

    String reason = reasonOfFailure(conf);
    assertThat(reason).contains("colocated-0", "ended with exit code 2", "of its log", "unknown flag --no-such-flag");
  }

  @Test
  void nodesThatNeverJoinAreMissed() {
    Path conf = Experiments.write(folder, "nodes", """
      deployments = [{ name = colocated, kind = colocated }]
      nodes { load = 2, spawn-locally = false }
      deadlines.nodes-join = 3 s
      """);

    String reason = reasonOfFailure(conf);
    assertThat(reason).contains("fewer than 2 load nodes joined within 3 s",
        "attain node --role load --join 127.0.0.1:");
  }

  private String reasonOfFailure(Path conf) {
    AttainProcess.Ended ended = AttainProcess.run(folder, "run", conf.toString());

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
    RunBundle bundle = ended.bundle();
    assertThat(bundle.complete()).isFalse();
    String reason = bundle.manifest().get("incompleteReason").asText();
    assertThat(ended.err()).contains("attain: " + reason).doesNotContain("\tat ");
    assertThat(bundle.summaries()).isEmpty();
    return reason;
  }
}
