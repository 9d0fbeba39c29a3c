package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.measurement.Verdict;
import dev.attain.results.InstanceLoad;
import dev.attain.results.PointSummary;
import dev.attain.results.ServerStage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What simulated engines say of themselves while they are measured. */
@StartsProcesses
@Tag("long")
class EnginesSeenTest {
  @TempDir
  static Path folder;

  private static RunBundle bundle;

  @BeforeAll
  static void run() {
    Path conf = Experiments.write(folder, "seen", """
      workload { prompt-tokens = 256, output-tokens = 128 }
      load { rates = [3, 60], duration = 3 s }
      monitoring.interval = 200 ms
      deployments = [
        { name = colocated, kind = colocated }
        { name = disaggregated, kind = disaggregated, prefill.instances = 1, decode.instances = 1 }
      ]
      """);
    AttainProcess.Ended ended = AttainProcess.run(folder, "run", conf.toString());
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    bundle = ended.bundle();
  }

  private static PointSummary summary(String deployment, double rate) {
    return bundle.summaries().stream().filter(it -> it.deployment().equals(deployment) && it.level() == rate)
        .findFirst().orElseThrow();
  }

  private static InstanceLoad load(String deployment, double rate, String instance) {
    return summary(deployment, rate).server().instances().stream().filter(it -> it.instance().equals(instance))
        .findFirst().orElseThrow();
  }

  @Test
  void theBatchGrowsWithTheRate() {
    for (List<String> at : List.of(List.of("colocated", "colocated-0"), List.of("disaggregated", "decode-0"))) {
      double slow = load(at.getFirst(), 3, at.getLast()).runningMean().orElseThrow();
      double quick = load(at.getFirst(), 60, at.getLast()).runningMean().orElseThrow();
      assertThat(quick).as(at.getFirst()).isGreaterThan(3 * slow).isGreaterThan(1);
    }
  }

  @Test
  void samplesReachFromBeforeThePointToItsEnd() {
    PointSummary point = summary("disaggregated", 60);
    JsonNode file = RunBundle.json(bundle.folder().resolve("disaggregated/points").resolve(point.point())
        .resolve("server-metrics.json"));

    assertThat(file.get("intervalSeconds").asDouble()).isEqualTo(0.2);
    assertThat(file.get("gpus")).isEmpty();
    assertThat(file.get("instances")).extracting(it -> it.get("instance").asText() + " " + it.get("role").asText())
        .containsExactly("prefill-0 prefill", "decode-0 decode");
    assertThat(file.get("instances")).allSatisfy(instance -> {
      JsonNode samples = instance.get("samples");
      assertThat(samples.get(0).get("t").asDouble()).isNegative();
      assertThat(samples.get(samples.size() - 1).get("t").asDouble()).isGreaterThan(2.5);
      assertThat(samples).hasSizeGreaterThan(4);
    });
  }

  @Test
  void tokensAndStagesAreOfThePointAlone() {
    PointSummary point = summary("disaggregated", 60);
    assertThat(load("disaggregated", 60, "decode-0").promptTokens()).hasValue(256.0 * (double) point.completed());
    assertThat(load("disaggregated", 60, "decode-0").generatedTokens()).hasValue(128.0 * (double) point.completed());
    Map<String, Map<String, ServerStage>> stages = point.server().stages();
    assertThat(stages).containsOnlyKeys("prefill", "decode");
    assertThat(stages.get("decode")).containsKeys("queueTime", "prefillTime", "decodeTime", "ttft", "itl", "e2e");
    assertThat(stages.get("decode").get("e2e").count()).isEqualTo((double) point.completed());
    assertThat(stages.get("decode").get("ttft").mean()).as("the client's holds more")
        .isLessThan(point.serviceTtft().mean());
  }

  @Test
  void everyPromptWasTransferredAndTheProofSaysSo() {
    PointSummary point = summary("disaggregated", 60);
    assertThat(point.verdict()).isNotEqualTo(Verdict.INVALID);
    assertThat(point.kvTransfer()).containsEntry("transferredShare", 1.0)
        .containsEntry("transferredTokens", 256.0 * (double) point.completed())
        .containsEntry("transfers", (double) point.completed());
    assertThat(point.kvTransfer().get("bytes")).isPositive();
    assertThat(point.kvTransfer().get("meanTransferTime")).isPositive();
  }
}
