package dev.attain.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attain.engines.EngineConnection;
import dev.attain.measurement.Verdict;
import dev.attain.results.PointSummary;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real vLLM instances joined by real NIXL, on the CPU: what simulated engines cannot prove. An instance takes a minute
 * to start and 4 GB, so that these tests run only when asked for ({@code mvn verify -Preal-vllm}).
 */
@StartsProcesses
@Tag("real-vllm")
class RealVllmTest {
  private static final Duration PATIENCE = Duration.ofMinutes(12);
  private static final Duration GONE = Duration.ofSeconds(60);
  private static final String PAIR = """
    deployments = [{
      name = pair, kind = disaggregated
      prefill.environment { VLLM_CPU_OMP_THREADS_BIND = "0" }, decode.environment { VLLM_CPU_OMP_THREADS_BIND = "1" }
    }]
    """;
  /**
   * On a machine that is busy with something else a decode step of two engines on two cores takes ten times as long:
   * nothing may expire then, and the last answer is waited for. What is proved is that everything travels.
   */
  private static final String UNHURRIED = """
    load { rates = 0.5, duration = 30 s }
    engine.kv-transfer.lease = 10 min
    requests.drain = 4 min
    """;
  private static final String ENDLESS = "load { rates = 1, duration = 10 min }\n";

  @TempDir
  static Path installation;

  static Map<String, String> vllm;

  @TempDir
  Path folder;

  @BeforeAll
  static void install() {
    vllm = RealVllm.installed(installation);
  }

  @Test
  void everyPromptTravelsFromPrefillToDecode() {
    Path conf = RealVllm.configuration(folder, "whole", UNHURRIED);
    try (AttainProcess attain = AttainProcess.start(folder, vllm, "run", conf.toString())) {
      AttainProcess.Ended ended = attain.awaitEnd(PATIENCE);
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      attain.marked().requireNoneWithin(GONE);
      RunBundle bundle = ended.bundle();
      PointSummary colocated = bundle.summary("colocated");
      assertThat(colocated.completed()).isEqualTo(colocated.planned()).isPositive();
      assertThat(colocated.kvTransfer()).isEmpty();

      PointSummary disaggregated = bundle.summary("disaggregated");
      assertThat(disaggregated.completed()).isEqualTo(disaggregated.planned()).isEqualTo(colocated.planned());
      assertThat(disaggregated.scheduleHash()).isEqualTo(colocated.scheduleHash());
      double promptTokens = bundle.records("disaggregated").stream().mapToInt(line -> line.record().promptTokens())
          .sum();
      assertThat(disaggregated.kvTransfer()).containsEntry("transferredTokens", promptTokens)
          .containsEntry("computedTokens", 0.0).containsEntry("cachedTokens", 0.0)
          .containsEntry("transferredShare", 1.0).containsEntry("failedTransfers", 0.0)
          .containsEntry("expiredRequests", 0.0).containsEntry("readsAfterExpiry", 0.0)
          .containsEntry("transfers", (double) disaggregated.completed());
      assertThat(disaggregated.kvTransfer().get("bytes")).isPositive();
      assertThat(disaggregated.kvTransfer().get("meanTransferTime")).isPositive();
    }
  }

  /**
   * The failure that looks like success: vLLM answers 200 with the full number of tokens. The drain is long because the
   * decode instance has all the requests of its pause to answer, on a machine of any speed.
   */
  @Test
  void answersFromExpiredKvMakeThePointInvalid() {
    Path conf = RealVllm.configuration(folder, "expired",
        PAIR + "engine.kv-transfer.lease = 4 s\nload { rates = 1, duration = 30 s }\nrequests.drain = 4 min\n");
    try (AttainProcess attain = AttainProcess.start(folder, vllm, "run", conf.toString())) {
      attain.until("requests are being measured", PATIENCE, this::pointUnderWay);
      long decode = leaderWith(attain, "kv_consumer");
      AttainProcess.signalGroup(decode, "STOP");
      double before = expired();
      attain.until("the prefill instance has given KV away", PATIENCE, () -> expired() > before);
      AttainProcess.signalGroup(decode, "CONT");

      AttainProcess.Ended ended = attain.awaitEnd(PATIENCE);
      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
      attain.marked().requireNoneWithin(GONE);
      PointSummary summary = ended.bundle().onlySummary();
      assertThat(summary.completed()).as("vLLM answers all of them: %s", summary.failures())
          .isEqualTo(summary.planned());
      assertThat(summary.verdict()).isEqualTo(Verdict.INVALID);
      assertThat(summary.reasons()).anyMatch(reason -> reason.contains("expired on the prefill side"));
      assertThat(summary.kvTransfer().get("expiredRequests")).isPositive();
    }
  }

  @Test
  void decodeEngineThatIsKilledIsNamedAndLeavesNothingBehind() {
    Path conf = RealVllm.configuration(folder, "killed",
        PAIR + "load { rates = 1, duration = 25 s }\nrequests.drain = 10 s\n");
    try (AttainProcess attain = AttainProcess.start(folder, vllm, "run", conf.toString())) {
      attain.until("requests are being measured", PATIENCE, this::pointUnderWay);
      AttainProcess.signal(leaderWith(attain, "kv_consumer"), "KILL");

      AttainProcess.Ended ended = attain.awaitEnd(PATIENCE);
      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
      attain.marked().requireNoneWithin(GONE);
      assertThat(ended.err()).doesNotContain("\tat dev.attain");
      PointSummary summary = ended.bundle().onlySummary();
      assertThat(summary.verdict()).isEqualTo(Verdict.INVALID);
      assertThat(summary.conserved()).isTrue();
      assertThat(summary.reasons()).anyMatch(reason -> reason.contains("engine decode-0 of pair")
          && reason.contains("signal 9"));
    }
  }

  @Test
  void noEngineOutlivesACoordinatorThatIsKilled() {
    Path conf = RealVllm.configuration(folder, "orphans", PAIR + ENDLESS);
    try (AttainProcess attain = AttainProcess.start(folder, vllm, "run", conf.toString())) {
      attain.until("requests are being measured", PATIENCE, this::pointUnderWay);
      attain.signal("KILL");

      attain.awaitEnd(GONE);
      attain.marked().requireNoneWithin(GONE);
      assertThat(RunBundle.open(bundleFolder().orElseThrow()).complete()).isFalse();
    }
  }

  private Optional<Path> bundleFolder() {
    return RunBundle.below(folder.resolve("results"));
  }

  /** Whatever the engines' speed: on a slow machine the first answer may come when the point is over. */
  private boolean pointUnderWay() {
    return bundleFolder().map(bundle -> bundle.resolve("points")).filter(Files::isDirectory)
        .filter(points -> !List.of(points.toFile().list()).isEmpty()).isPresent();
  }

  /** The process that leads the group of the instance with this word in its command line. */
  private static long leaderWith(AttainProcess attain, String word) {
    List<MarkedProcesses.Marked> engines = attain.marked().living().stream()
        .filter(process -> process.commandLine().contains(word) && process.commandLine().contains("--port")).toList();
    assertThat(engines).as("processes with " + word).isNotEmpty();
    return engines.stream().mapToLong(MarkedProcesses.Marked::pid).min().orElseThrow();
  }

  private double expired() {
    JsonNode engines = RunBundle.json(bundleFolder().orElseThrow().resolve("manifest.json")).get("engines");
    for (JsonNode engine : engines) {
      if (engine.get("role").asText().equals("prefill")) {
        String port = engine.get("command").toString().replaceFirst(".*\"--port\",\"(\\d+)\".*", "$1");
        return expiredOn(URI.create("http://127.0.0.1:" + port));
      }
    }
    throw new AssertionError("no prefill instance in " + engines);
  }

  private static double expiredOn(URI prefill) {
    try (EngineConnection engine = new EngineConnection(prefill, Optional.empty())) {
      return engine.metrics(Duration.ofSeconds(20)).sum("vllm:nixl_num_kv_expired_reqs_total");
    } catch (IOException busy) {
      return 0;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
