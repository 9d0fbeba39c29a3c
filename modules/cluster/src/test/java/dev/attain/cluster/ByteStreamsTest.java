package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import dev.attain.experiment.Experiment;
import dev.attain.experiment.ExperimentReader;
import dev.attain.workload.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteStreamsTest {
  private static final ActorTestKit KIT = ActorTestKit
      .create(NodeSystem.configuration(List.of(NodeRole.LOAD), "127.0.0.1", 0, Optional.empty()));

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart.conf", "external.conf", "closed-loop.conf"})
  void aLoadNodePlansFromTheDefinitionItReadsWhatTheCoordinatorWouldPlan(String file) throws Exception {
    Experiment experiment = ExperimentReader.read(Path.of("../../conf", file), Map.of(), Map.of());
    Definition sent = Definition.of(experiment);
    Definition read = ByteStreams.read(KIT.system(), ByteStreams.offer(KIT.system(), sent), Definition.class)
        .toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(read).usingRecursiveComparison().isEqualTo(sent);
    Workload here = sent.workload().workload(sent.model().limits(), 1);
    Workload there = read.workload().workload(read.model().limits(), 1);
    assertThat(there.hash(1_000)).isEqualTo(here.hash(1_000));
    assertThat(read.shares().owner(3)).isEqualTo(sent.shares().owner(3));
  }
}
