package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attain.client.GeneratorLoad;
import dev.attain.engines.ServerMetrics;
import dev.attain.engines.TransferReading;
import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import dev.attain.measurement.Counts;
import dev.attain.measurement.Latencies;
import dev.attain.measurement.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PointLedgerTest {
  private PointLedger ledger;

  @BeforeEach
  void openLedger(@TempDir Path folder) throws IOException, ConfigurationException {
    Experiment experiment = SmallExperiment.in(folder);
    Deployment deployment = experiment.deployments().getFirst();
    ledger = new PointLedger(new PointContext(experiment.points(deployment).getFirst(), deployment), experiment);
    for (String node : List.of("load-1", "load-2")) {
      ledger.clock(node, new ClockReading(0, 1_000, 20));
    }
  }

  private void promise(String node, int share, String hash) {
    ledger.prepared(new LoadProtocol.Prepared(node, "p", 10, share, hash, "sha256:contents", 0, 4_000_000_000L, 0));
  }

  private Counts total() {
    return ledger.outcome().nodes().stream().map(node -> node.last().counts()).reduce(Counts.none(), Counts::plus);
  }

  @Test
  void nodesThatPlanDifferentSchedulesAreFoundOut() {
    promise("load-1", 5, "sha256:a");
    promise("load-2", 5, "sha256:b");
    assertThat(ledger.disagreement()).hasValueSatisfying(
        reason -> assertThat(reason).contains("different schedules").contains("load-1").contains("load-2"));
  }

  @Test
  void sharesThatDoNotAddUpAreFoundOut() {
    promise("load-1", 5, "sha256:a");
    promise("load-2", 4, "sha256:a");
    assertThat(ledger.disagreement()).contains("the shares of colocated-2qps-1 add up to 9 requests, planned are 10");
  }

  @Test
  void aNodeLostBeforeItsFirstSnapshotLosesItsWholeShareAndNothingElse() {
    promise("load-1", 5, "sha256:a");
    promise("load-2", 5, "sha256:a");
    ledger.lost("load-2", "its process is gone");
    assertThat(total().lost()).isEqualTo(5);
    assertThat(total().planned()).isEqualTo(10);
    assertThat(ledger.outcome().invalidReasons()).anySatisfy(
        reason -> assertThat(reason).contains("load node load-2 was lost: its process is gone"));
  }

  @Test
  void aNodeThatHasFinishedCannotBeLostAnyMore() {
    promise("load-1", 5, "sha256:a");
    promise("load-2", 5, "sha256:a");
    ledger.finished("load-2", Snapshot.beforeStart(5), GeneratorLoad.none());
    ledger.lost("load-2", "it left");
    assertThat(ledger.outcome().invalidReasons()).noneSatisfy(reason -> assertThat(reason).contains("was lost"));
  }

  @Test
  void missingRecordsAreNoticedAlsoWhenTheyEndBeforeTheNodeSaysThatItHasFinished() {
    promise("load-1", 5, "sha256:a");
    promise("load-2", 5, "sha256:a");
    ledger.received("load-1", new RecordIntake.Received(5, 1));
    ledger.received("load-2", new RecordIntake.Received(4, 1));
    assertThat(ledger.outcome().invalidReasons()).contains("load-2: 4 records arrived of 5 requests")
        .noneSatisfy(reason -> assertThat(reason).contains("load-1: "));
  }

  @Test
  void usersOfAClosedLoopThatDoNotAddUpAreFoundOut(@TempDir Path folder) throws Exception {
    PointLedger closed = closedLoop(folder, "duration = 10 s");
    promiseUsers(closed, "load-1", 4);
    promiseUsers(closed, "load-2", 3);
    assertThat(closed.disagreement())
        .contains("the shares of colocated-concurrency8-1 add up to 7 users, planned are 8");
    promiseUsers(closed, "load-2", 4);
    assertThat(closed.disagreement()).isEmpty();
  }

  @Test
  void aClosedLoopThatEndsByTimePlansWhatHasBegun(@TempDir Path folder) throws Exception {
    PointLedger closed = closedLoop(folder, "duration = 10 s");
    promiseUsers(closed, "load-1", 4);
    promiseUsers(closed, "load-2", 4);
    closed.received("load-1", new RecordIntake.Received(30, 11_000_000_000L));
    closed.received("load-2", new RecordIntake.Received(29, 1));
    for (String node : List.of("load-1", "load-2")) {
      closed.finished(node, new Snapshot(3, new Counts(30, 30, 30, 0, 0, 0, 0, 30, 30, 30, 0, 0, 0), Latencies.empty()),
          GeneratorLoad.none());
    }
    PointOutcome outcome = closed.outcome();
    assertThat(outcome.invalidReasons()).containsExactly("load-2: 29 records arrived of 30 requests");
    assertThat(outcome.measured()).isEqualTo(Duration.ofSeconds(11));
  }

  @Test
  void ofALostNodeOfAClosedLoopWhatItHadBegunAndNotEndedIsLost(@TempDir Path folder) throws Exception {
    PointLedger closed = closedLoop(folder, "duration = 10 s");
    promiseUsers(closed, "load-1", 8);
    closed.seen(Map.of("load-1",
        new Snapshot(3, new Counts(30, 30, 22, 0, 0, 0, 0, 22, 22, 22, 0, 0, 0), Latencies.empty())));
    closed.lost("load-1", "its process is gone");
    Counts counts = closed.outcome().nodes().getFirst().last().counts();
    assertThat(counts.lost()).isEqualTo(8);
    assertThat(counts.conserved()).isTrue();
  }

  @Test
  void aClosedLoopOfANumberOfRequestsIsMeasuredUntilTheLastOneEnds(@TempDir Path folder) throws Exception {
    PointLedger closed = closedLoop(folder, "requests = 10");
    promiseUsers(closed, "load-1", 8);
    closed.received("load-1", new RecordIntake.Received(5, 2_000_000_000L));
    assertThat(closed.outcome().measured()).isEqualTo(Duration.ofSeconds(2));
  }

  private static PointLedger closedLoop(Path folder, String extent) throws IOException, ConfigurationException {
    Experiment experiment = SmallExperiment.in(folder,
        "load = null\nload { concurrency = 8, " + extent + " }\n");
    Deployment deployment = experiment.deployments().getFirst();
    PointLedger ledger = new PointLedger(new PointContext(experiment.points(deployment).getFirst(), deployment),
        experiment);
    for (String node : List.of("load-1", "load-2")) {
      ledger.clock(node, new ClockReading(0, 1_000, 20));
    }
    return ledger;
  }

  private static void promiseUsers(PointLedger ledger, String node, int users) {
    ledger.prepared(new LoadProtocol.Prepared(node, "p", 0, 0, "", "sha256:contents", 0, 4_000_000_000L, users));
  }

  @Test
  void anOlderSnapshotNeverReplacesANewerOne() {
    promise("load-1", 5, "sha256:a");
    promise("load-2", 5, "sha256:a");
    Snapshot newer = new Snapshot(3, Counts.ofPlanned(5), Snapshot.beforeStart(5).latencies());
    ledger.seen(Map.of("load-1", newer));
    ledger.seen(Map.of("load-1", new Snapshot(2, Counts.ofPlanned(5), newer.latencies())));
    assertThat(ledger.outcome().nodes().getFirst().last().number()).isEqualTo(3);
  }

  @Test
  void promptsOfKnownLengthMustHaveArrivedInFull(@TempDir Path folder) throws IOException, ConfigurationException {
    assertThat(reasonsAfterHalfArrived(SmallExperiment.in(folder)))
        .contains("only 320 prompt tokens were transferred, but the completed requests had 640");
  }

  @Test
  void promptsOfWordsAreAsLongAsTheEngineSays(@TempDir Path folder) throws IOException, ConfigurationException {
    assertThat(reasonsAfterHalfArrived(SmallExperiment.in(folder, "workload.prompts-as = text")))
        .noneMatch(reason -> reason.contains("prompt tokens"));
  }

  /** Ten requests that had 640 tokens by the client's count complete, and 320 tokens arrive on the decode side. */
  private static List<String> reasonsAfterHalfArrived(Experiment experiment) {
    Deployment deployment = experiment.deployments().getFirst();
    PointLedger ledger = new PointLedger(new PointContext(experiment.points(deployment).getFirst(), deployment),
        experiment);
    ledger.clock("load-1", new ClockReading(0, 1_000, 20));
    ledger.prepared(
        new LoadProtocol.Prepared("load-1", "p", 10, 10, "sha256:a", "sha256:contents", 0, 4_000_000_000L, 0));
    ledger.transferred(arrived(0));
    ledger.finished("load-1",
        new Snapshot(1, new Counts(10, 10, 10, 0, 0, 0, 0, 10, 10, 10, 640, 160, 160), Latencies.empty()),
        GeneratorLoad.none());
    ledger.transferred(arrived(320));
    return ledger.outcome().invalidReasons();
  }

  private static TransferReading arrived(int tokens) {
    return TransferReading.of(List.of(ServerMetrics.parse("")), List.of(ServerMetrics
        .parse("vllm:prompt_tokens_by_source_total{source=\"external_kv_transfer\"} " + tokens + ".0\n")));
  }
}
