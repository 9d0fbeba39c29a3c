package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.attain.engines.SelfCommand;
import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Experiment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceManagerTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final SelfCommand CANNOT_START = new SelfCommand(Path.of("/nowhere/java"), 21, "nothing", "Main",
      List.of());

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<EngineProtocol.Reply> coordinator = kit.createTestProbe();
  private final ActorRef<InstanceManager.Command> manager = kit
      .spawn(InstanceManager.create("127.0.0.1", CANNOT_START));
  private EngineProtocol.Deploy order;

  @BeforeEach
  void makeOrder(@TempDir Path folder) throws IOException, ConfigurationException {
    Experiment experiment = SmallExperiment.in(folder);
    order = new EngineProtocol.Deploy("colocated",
        DeploymentPlan.instances(experiment.deployments().getFirst(), experiment.model()), Duration.ofSeconds(5),
        Optional.of(folder.toString()), LEASE, Duration.ofSeconds(1), coordinator.getRef());
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private String downAfterStarting() {
    assertThat(coordinator.expectMessageClass(EngineProtocol.InstanceState.class).phase()).isEqualTo("starting");
    return coordinator.expectMessageClass(EngineProtocol.InstanceDown.class).reason();
  }

  @Test
  void theNextDeploymentMayUseTheSameNamesAtOnce() {
    for (int deployment = 1; deployment <= 20; deployment++) {
      manager.tell(order);
      assertThat(downAfterStarting()).contains("/nowhere/java");
      manager.tell(new EngineProtocol.Undeploy(coordinator.getRef()));
      assertThat(coordinator.expectMessageClass(EngineProtocol.Undeployed.class).problems()).isEmpty();
    }
  }

  @Test
  void aCoordinatorThatWasAsleepLearnsThatItsEnginesAreGone() {
    manager.tell(order);
    downAfterStarting();
    time.timePasses(LEASE);
    assertThat(coordinator.expectMessageClass(EngineProtocol.InstanceDown.class).reason())
        .isEqualTo("nothing was heard of the coordinator for 30 s; its node stops its engines");
  }
}
