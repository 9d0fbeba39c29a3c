package dev.attain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.receptionist.Receptionist;
import dev.attain.engines.GpuFigures;
import dev.attain.engines.InstanceRole;
import dev.attain.experiment.ConfigurationException;
import dev.attain.experiment.Deployment;
import dev.attain.experiment.Experiment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<Fleet.Event> coordinator = kit.createTestProbe();
  private final TestProbe<InstanceManager.Command> engineNode = kit.createTestProbe();
  private Experiment experiment;
  private ActorRef<Fleet.Command> fleet;
  private ActorRef<EngineProtocol.Reply> replies;

  @BeforeEach
  void deploy(@TempDir Path folder) throws IOException, ConfigurationException {
    experiment = SmallExperiment.in(folder);
    kit.system().receptionist().tell(Receptionist.register(InstanceManager.KEY, engineNode.getRef()));
    fleet = kit
        .spawn(Fleet.create(new RunContext("run", experiment), () -> 0, folder.toString(), coordinator.getRef()));
    fleet.tell(new Fleet.Deploy(experiment.deployments().getFirst()));
    replies = engineNode.expectMessageClass(EngineProtocol.Deploy.class).replyTo();
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private EngineProtocol.Undeployed undeployed() {
    return new EngineProtocol.Undeployed(kit.system().address().toString(), List.of());
  }

  @Test
  void sidesOfDifferentVersionsAreRefusedBeforeAnythingIsSent() {
    fleet.tell(new Fleet.Deploy(new Deployment.Disaggregated("pd",
        ((Deployment.Colocated) experiment.deployments().getFirst()).engine(),
        new Deployment.Role(1, 1, List.of(), Map.of(), Optional.empty()),
        new Deployment.Role(1, 1, List.of(), Map.of(), Optional.empty()), Optional.empty())));
    engineNode.expectMessageClass(EngineProtocol.Deploy.class);
    replies.tell(up("prefill-0", InstanceRole.PREFILL, "0.32.0"));
    coordinator.expectMessageClass(Fleet.Happened.class);
    replies.tell(up("decode-0", InstanceRole.DECODE, "0.31.0"));
    coordinator.expectMessageClass(Fleet.Happened.class);
    assertThat(coordinator.expectMessageClass(Fleet.Failed.class).reason())
        .contains("decode-0: 0.31.0; prefill-0: 0.32.0", "NIXL joins only equal ones");
  }

  private static EngineProtocol.InstanceUp up(String id, InstanceRole role, String version) {
    return new EngineProtocol.InstanceUp(id, role, "here", "http://127.0.0.1:1", List.of("vllm"), Map.of(), 1,
        List.of(), version, 7);
  }

  @Test
  void anEngineNodeThatDiesIsNotWaitedForWhenUndeploying() {
    fleet.tell(Fleet.Undeploy.INSTANCE);
    engineNode.expectMessageClass(EngineProtocol.Undeploy.class);
    engineNode.stop();
    assertThat(coordinator.expectMessageClass(Fleet.Undeployed.class).problems()).isEmpty();
  }

  @Test
  void aRepeatedOrderIsAnsweredOnceWhenEverybodyHasAnswered() {
    fleet.tell(Fleet.Undeploy.INSTANCE);
    fleet.tell(Fleet.Undeploy.INSTANCE);
    replies.tell(undeployed());
    replies.tell(undeployed());
    coordinator.expectMessageClass(Fleet.Undeployed.class);
    coordinator.expectNoMessage(Duration.ofMillis(20));
  }

  @Test
  void anAnswerAfterTheDeadlineIsNoAnswerToTheNextOrder() {
    fleet.tell(Fleet.Undeploy.INSTANCE);
    engineNode.expectMessageClass(EngineProtocol.Undeploy.class);
    time.timePasses(experiment.deadlines().undeploy());
    assertThat(coordinator.expectMessageClass(Fleet.Undeployed.class).problems()).singleElement().asString()
        .contains("0 of 1 answered").contains("waiting to be started");
    replies.tell(undeployed());
    coordinator.expectNoMessage(Duration.ofMillis(20));
  }

  @Test
  void whatGpusSayReachesTheCoordinatorWithTheNodeThatSaysIt() {
    GpuFigures figures = new GpuFigures(0, "colocated-0", OptionalDouble.of(71_000), OptionalDouble.of(0.5),
        OptionalDouble.of(600));
    replies.tell(new EngineProtocol.GpusSeen("node", List.of(figures)));
    assertThat(coordinator.expectMessageClass(Fleet.GpusSeen.class).seen())
        .isEqualTo(new ServerSampler.GpusSeen("node", List.of(figures)));
  }
}
