package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.engines.SelfCommand;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A router that attain starts itself gets the load, and the instances behind it prove that the KV travelled. */
@StartsProcesses
@Tag("long")
class RouterTest {
  @TempDir
  Path folder;

  private Path experiment(String program) {
    SelfCommand self = SelfCommand.ofThisJvm();
    return Experiments.write(folder, "routed", """
      deployments = [{
        name = routed, kind = disaggregated
        router.command = [\"%s\", -cp, \"%s\", %s, \"{port}\", \"{prefill}\", \"{decode}\"]
      }]
      """.formatted(self.java(), self.classPath(), program));
  }

  @Test
  void theLoadGoesThroughTheRouterAndTheTransferIsProven() {
    Path conf = experiment(RouterProgram.class.getName());
    assertThat(AttainProcess.run(folder, "check", conf.toString()).out())
        .containsPattern("router: .*RouterProgram 8102 http://127.0.0.1:8100 http://127.0.0.1:8101");

    AttainProcess.Ended ended = AttainProcess.run(folder, "run", conf.toString());
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("engines: routed is up: ", "router");
    RunBundle bundle = ended.bundle();
    assertThat(bundle.summaries()).singleElement()
        .satisfies(summary -> assertThat(summary.kvTransfer().get("transferredTokens")).isPositive());
    Optional<JsonNode> router = StreamSupport.stream(bundle.manifest().get("engines").spliterator(), false)
        .filter(engine -> engine.get("role").asText().equals("router")).findFirst();
    assertThat(router.orElseThrow().get("command").toString()).contains("RouterProgram", "http://127.0.0.1:");
    assertThat(bundle.folder().resolve("logs").resolve("routed-router.log")).exists();
  }

  @Test
  void aRouterThatDoesNotComeUpEndsTheRun() {
    AttainProcess.Ended ended = AttainProcess.run(folder, "run", experiment("no.such.Program").toString());

    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err()).contains("attain: router of routed: router ended with exit code 1 before it was ready",
        "no.such.Program");
  }
}
